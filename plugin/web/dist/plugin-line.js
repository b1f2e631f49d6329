import{a as c,c as o,n as f,P as h,b as p,t as u}from"./u2035.js";import{l as d}from"./plugin-list-part.js";var g=Object.defineProperty,v=Object.getOwnPropertyDescriptor,m=(a,t,l,r)=>{for(var e=r>1?void 0:r?v(t,l):t,i=a.length-1,n;i>=0;i--)(n=a[i])&&(e=(r?n(t,l,e):n(e))||e);return r&&e&&g(t,l,e),e};let s=class extends h{constructor(){super(...arguments),this.cells=[]}render(){return p`<div class="line">${this.cells}</div>`}};s.styles=[c,d,o`
      :host { height: 100%; }
      .line { grid-template-columns: minmax(0, 1.4fr) minmax(0, 1.2fr) 10rem; }
      .line:has(> :nth-child(4)) { grid-template-columns: minmax(0, 1.4fr) minmax(0, 1.2fr) 8rem 7rem; }
      .badge { font-size: var(--u-fs-xs); justify-self: start; }
      @container page (max-width: 660px) {
        .line, .line:has(> :nth-child(4)) { grid-template-columns: minmax(0, 1fr) auto; align-content: center; }
        .line > :nth-child(2) { grid-row: 2; }
      }
    `];m([f({attribute:!1})],s.prototype,"cells",2);s=m([u("u2035-line")],s);
