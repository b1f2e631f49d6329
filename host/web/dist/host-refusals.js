import{f as b,u as g,x as w,a as u,b as o,j as m,L as k,A as y}from"./shell.js";import{j as f}from"./host-shown.js";import{i as A,e as c}from"./host-values.js";function O(e,t,a){const l=f[e.language],n=a.values[t.name],r={id:`setting-${t.name}`,label:t.title,hint:I(e,t),optional:t.required?void 0:l.optional,problem:a.problem(t.name),theirs:a.theirs?.(t.name)},i=s=>a.onInput(t.name,s);switch(t.type){case"flag":return w(e,{...r,checked:n==="true",onChange:s=>i(String(s))});case"choice":{const s=(t.choices??[]).map(d=>[d,l.choices[d]??d]),p=t.fallback?[]:[["",t.required?l.choose:l.notChosen]];return g(e,{...r,value:n??"",options:[...p,...s],onInput:i})}case"secret":return x(e,t,a,r);case"multiline":case"list":case"map":return j(e,{...r,value:n??"",placeholder:t.example,mono:t.type!=="list",rows:t.type==="multiline"?5:3,onInput:i});default:return b(e,{...r,value:n??"",placeholder:t.example,mono:!0,onInput:i})}}function I(e,t){const a=f[e.language],l=t.fallback&&t.type!=="choice"&&t.type!=="flag"?a.usual(t.fallback):"",n=t.type==="list"?a.oneALine:t.type==="map"?a.pairALine:"";return[t.hint,n,l].filter(Boolean).map(r=>`${r.replace(/[.\s]+$/,"")}.`).join(" ")||void 0}function x(e,t,a,l){const n=f[e.language],r=a.kept[t.name],i=a.values[t.name],s=d=>a.onInput(t.name,d);if(!A(r))return b(e,{...l,type:"password",autocomplete:"new-password",value:i??"",onInput:s});const p=!!a.secretsAgain;return i===c||i===null&&!p?o`<div class="field" role="group" aria-labelledby="${l.id}-label">
      <p class="label" id="${l.id}-label">${t.title}</p>
      <div class="input-row">
        <p class="kept-secret">${m(i===c?"x":"lock","s")}<span>${i===c?n.willGo:r.lastFour?n.kept(r.lastFour):n.keptWhole}</span></p>
        ${i===c?o`<button class="btn" type="button" @click=${()=>s(null)}>${n.keepOld}</button>`:o`<button class="btn" type="button" @click=${()=>s("")}>${n.replace}</button>
              ${t.required?u:o`<button class="btn" type="button" @click=${()=>s(c)}>${n.takeAway}</button>`}`}
      </div>
      ${h(e,l.id,l.problem)}
    </div>`:o`<div class="stack-s">
    ${b(e,{...l,optional:void 0,hint:p?n.secretAgain:n.secretNew,type:"password",autocomplete:"new-password",value:i??"",onInput:s})}
    ${p?u:o`<div class="btns"><button class="btn quiet small" type="button" @click=${()=>s(null)}>${n.keepOld}</button></div>`}
  </div>`}function j(e,t){const a=[t.hint?`${t.id}-hint`:"",t.problem?`${t.id}-wrong`:""].filter(Boolean).join(" ");return o`<div class="field wide">
    <label for=${t.id}>${t.label}${t.optional?o` <span class="optional">${t.optional}</span>`:u}</label>
    <textarea
      class="input ${t.mono?"mono":""}"
      id=${t.id}
      rows=${t.rows}
      spellcheck="false"
      autocapitalize="none"
      placeholder=${t.placeholder??u}
      .value=${t.value}
      aria-invalid=${t.problem?"true":u}
      aria-describedby=${a||u}
      @input=${l=>t.onInput(l.target.value)}
    ></textarea>
    ${t.hint?o`<p class="hint" id="${t.id}-hint">${t.hint}</p>`:u}${h(e,t.id,t.problem)}
  </div>`}function h(e,t,a){if(!a)return u;const{reason:l,fix:n}=k(e.language,a);return o`<p class="wrong" id="${t}-wrong">${m("excl","s")}<span>${l}. ${n}</span></p>`}function W(e,t,a){const l=v(t).find(n=>n.pointer===a||n.pointer.startsWith(`${a}/`));return l&&{pointer:a,reason:$(l.reason,""),fix:$(l.fix??"",e==="en"?"":".")}}function C(e,t){return v(e).filter(({pointer:a})=>!t.some(l=>a===l||a.startsWith(`${l}/`))).map(({pointer:a,reason:l,fix:n})=>({pointer:a,reason:$(l),fix:$(n??"")}))}function v(e){return e instanceof y?e.problem.errors??[]:[]}function $(e,t="."){const a=e.trim().replace(/\.$/,"");return a?a[0].toUpperCase()+a.slice(1)+t:""}export{C as a,W as p,O as s};
