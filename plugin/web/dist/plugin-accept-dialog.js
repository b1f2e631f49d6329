import{P as m,f as g,A as d,i as p,b as c,g as b,a as y,r as v,n as h,d as u,t as w}from"./u2035.js";import{e as f}from"./plugin-query.js";import{a as $,t as C,m as E}from"./plugin-u2035-matching-views.js";import"./plugin-long-list.js";import"./plugin-clipboard.js";import"./plugin-list-part.js";import"./plugin-later.js";import"./plugin-names.js";import"./plugin-role2.js";import"./plugin-session.js";import"./plugin-search-field.js";import"./plugin-choice.js";import"./plugin-until.js";import"./plugin-directive-helpers.js";import"./plugin-work-list.js";var O=Object.defineProperty,P=Object.getOwnPropertyDescriptor,o=(s,a,n,i)=>{for(var t=i>1?void 0:i?P(a,n):a,r=s.length-1,l;r>=0;r--)(l=s[r])&&(t=(i?l(a,n,t):l(t))||t);return i&&t&&O(a,n,t),t};let e=class extends m{constructor(){super(...arguments),this.what="learners",this.contour="production",this.busy=!1,this.wrong=null,this.made=null,this.send=async()=>{if(!(this.busy||this.order.count===0)){this.busy=!0,this.wrong=null;try{this.made=await $(this.ctx,this.what,this.order.body),this.dialog.close()}catch(s){this.wrong=s,this.isOutdated&&this.dispatchEvent(new CustomEvent("outdated"))}this.busy=!1}},this.closed=()=>{this.made&&this.dispatchEvent(new CustomEvent("accepted",{detail:this.made})),this.dispatchEvent(new CustomEvent("closed"))}}firstUpdated(){this.dialog.showModal(),this.renderRoot.querySelector("#cancel").focus()}get isOutdated(){return this.wrong instanceof g&&this.wrong.code==="match.changed"}render(){const{ctx:s}=this,{count:a,reasons:n}=this.order,{locale:i}=s,t=C[s.language];return c`<dialog class="plain" aria-labelledby="ask" aria-describedby="means" @close=${this.closed}>
      <div class="dialog">
        <div class="dialog-head">
          <span class="sign now" aria-hidden="true">${p("check")}</span>
          <div>
            <h2 id="ask">${t.askTitle[this.what](i,a)}</h2>
            <p id="means">${this.what==="learners"?t.askContour(t.contours[this.contour]):d} ${t.askMeans}</p>
          </div>
        </div>
        <div class="dialog-body">
          <dl class="counts">${n.map(r=>c`<dt>${t.facets[r.reason]}</dt><dd>${i.number(r.count)}</dd>`)}</dl>
          ${this.isOutdated?c`<div class="note warn" role="alert">${p("alert")}<p>${t.askChanged(i,a)}</p></div>`:this.wrong?b(s,this.wrong):d}
        </div>
        <div class="dialog-foot">
          <button class="btn" id="cancel" type="button" @click=${()=>this.dialog.close()}>${s.kit.cancel}</button>
          <button class="btn primary" id="order" type="button" aria-disabled=${a===0?"true":d} aria-busy=${this.busy?"true":d} @click=${this.send}>
            ${this.busy?c`<span class="spin" aria-hidden="true"></span>${t.accepting}`:t.acceptChosen(i,a)}
          </button>
        </div>
      </div>
    </dialog>`}};e.styles=[y,v(E)];o([h()],e.prototype,"what",2);o([h()],e.prototype,"contour",2);o([h({attribute:!1})],e.prototype,"order",2);o([u()],e.prototype,"busy",2);o([u()],e.prototype,"wrong",2);o([f("dialog")],e.prototype,"dialog",2);e=o([w("u2035-accept-dialog")],e);export{e as AcceptDialog};
