// Loaded before Learning Locker, which listens on every interface: a test's server is for this machine only.
const net = require('net');
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, ...rest) {
  const callback = rest.find((value) => typeof value === 'function');
  return listen.call(this, { port: Number(port), host: '127.0.0.1' }, callback);
};
