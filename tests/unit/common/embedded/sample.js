const a = "b\n;\\"; // ${name} @name@ [1;2] «ё»
const html = `<p>${a}</p>`;
