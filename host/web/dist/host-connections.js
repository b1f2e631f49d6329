import{V as x,e as p,J as k,b as i,j as $,a as c,r as O,n as z,h as T,d as C,t as P}from"./shell.js";import{c as A,m as R,a as _,n as u,w as B,t as y,b as j,h as H,d as g,i as v,e as L,f as q}from"./host-run-view.js";import{c as m}from"./host-checks.js";import{h as D,a as E,c as N}from"./host-shown.js";import{n as U,w as V,s as f}from"./host-ways.js";import"./host-actor.js";var W=Object.defineProperty,G=Object.getOwnPropertyDescriptor,w=(t,a,s,e)=>{for(var n=e>1?void 0:e?G(a,s):a,l=t.length-1,r;l>=0;l--)(r=t[l])&&(n=(e?r(a,s,n):r(n))||n);return e&&n&&W(a,s,n),n};let h=class extends x{constructor(){super(...arguments),this.problem=null,this.busy="",this.watching=null,this.onChecked=()=>this.requestUpdate()}get words(){return A[this.ctx.language]}get mayChange(){return R(this.ctx.session,this.organization,"organization-admin")}async load(t){const{api:a}=this.ctx,[s,e,n]=await Promise.all([p(a,_(this.organization),{signal:t}),p(a,"/api/v1/source-kinds",{signal:t}),p(a,"/api/v1/source-sets",{signal:t})]);return s.some(({routes:l})=>l.running>0)&&this.watch(),{connections:s,kinds:e,sets:n}}async watch(){if(this.watching)return;const t=this.watching=new AbortController;await k(3e3,t.signal),this.watching=null,!t.signal.aborted&&this.isConnected&&await this.refresh()}connectedCallback(){super.connectedCallback(),m.addEventListener("change",this.onChecked)}disconnectedCallback(){super.disconnectedCallback(),m.removeEventListener("change",this.onChecked),this.watching?.abort(),this.watching=null}heading(){return this.words.title}lead(){return i`<p class="lead">${this.words.lead}</p>`}actions(){const{words:t}=this;return this.mayChange?i`<div class="btns"><a class="btn primary" href=${U(this.organization,{})}>${$("plus")}${t.create}</a></div>`:i`<div class="btns">
      <span class="small muted grow" id="why">${t.adminOnly(this.shell.roles["organization-admin"])}</span>
      <button class="btn primary" type="button" aria-disabled="true" aria-describedby="why">${$("plus")}${t.create}</button>
    </div>`}draw({connections:t,kinds:a,sets:s}){const{words:e,ctx:n,organization:l}=this,r=V(n,l,a,s,this.mayChange);return i`${this.problem?O(n,this.problem):c}
      ${t.length===0?i`<div class="stack">
            ${z("plug","",e.noneTitle,e.noneText)}
            <section class="panel" aria-labelledby="ways"><div class="panel-head"><div><h2 id="ways">${e.waysTitle}</h2><p class="small muted">${e.waysLead}</p></div></div>${r}</section>
            ${f(n,l,s,t,this.mayChange)}
          </div>`:i`<div class="stack">
            <section class="panel" aria-label=${e.title}>${this.table(t,a)}</section>
            ${f(n,l,s,t,this.mayChange)}
            <details class="more"><summary>${$("chev","s")}${e.waysTitle}</summary><div class="panel ways">${r}</div></details>
          </div>`}`}table(t,a){const{words:s}=this;return i`<div class="table-wrap">
      <table class="stackable">
        <thead>
          <tr>
            <th scope="col">${s.name}</th><th scope="col">${s.leads}</th><th scope="col">${s.state}</th><th scope="col">${s.lastRun}</th>
            ${this.mayChange?i`<th scope="col"><span class="sr">${s.action}</span></th>`:c}
          </tr>
        </thead>
        <tbody>${t.map(e=>this.row(e,a.find(n=>n.name===e.kind)))}</tbody>
      </table>
    </div>`}row(t,a){const{words:s}=this;return i`<tr>
      <td><div><a href=${T("org",this.organization,"connections",t.name)}><b>${u(t)}</b></a><small>${a?.title??t.kind}</small></div></td>
      <td data-label=${s.leads}>${this.leads(t,a)}</td>
      <td data-label=${s.state}><div>${this.state(t,a)}${this.checked(t,a)}</div></td>
      <td data-label=${s.lastRun}>${this.lastRun(t,a)}</td>
      ${this.mayChange?i`<td class="act">
            <button class="btn small" type="button" aria-label="${t.enabled?s.disable:s.enable}: ${u(t)}" aria-busy=${this.busy===t.name?"true":c} @click=${()=>void this.toggle(t)}>${t.enabled?s.disable:s.enable}</button>
          </td>`:c}
    </tr>`}leads(t,a){const s=B(t,a);return s?i`<code>${s}</code>`:y(a,"request")?this.words.listens:y(a,"upload")?this.words.uploadsOnly:"—"}state(t,a){const{words:s,ctx:e}=this;if(!a)return j("bad","excl",s.kindGone);const n=H(t),{enabled:l,failing:r}=t.routes,o=D(e,n);return i`${E(e,a,n)}${n.state==="failed"&&r>1?i`<p class="state-text">${s.failing(e.locale.number(r),e.locale.number(l))}</p>`:c}${o?i`<p class="state-text">${o}</p>`:c}`}checked(t,a){const{words:s,ctx:e}=this,n=m.latest(g(this.organization,t.name),t);if(!n||n.state==="running")return c;if(n.state==="broken")return i`<p class="state-text">${s.checkUnsaid}</p>`;const{ok:l,at:r,outdated:o,diagnoses:d}=n.found,b=l?v(a)?s.checkWellBrought:s.checkWell:s.checkBad(e.locale.count(d.length,s.problems));return i`<p class="state-text">${s.checkedAt(e.locale.moment(r))}: ${b}${o?`; ${s.outdated}`:""}</p>`}lastRun(t,a){const{words:s,ctx:e}=this,{latest:n,count:l,nextRunAt:r}=t.routes,o=n?.run,d=o?L(e,o):"",b=n&&l>1?`${n.title||n.route}: `:"";return i`<div>
      ${o?i`<time class="num" datetime=${o.startedAt}>${e.locale.moment(o.startedAt)}</time>${d?i`<small>${b}${d}</small>`:c}`:i`<span class="faint">${s.never}</span>`}
      ${r&&!v(a)?i`<small>${s.nextRun(e.locale.moment(r))}</small>`:q(t,a)?i`<small>${s.byHandOnly}</small>`:c}
    </div>`}async toggle(t){if(!this.busy){this.busy=t.name,this.problem=null;try{const a=g(this.organization,t.name),{data:s}=await this.ctx.api.post(`${a}/${t.enabled?"disable":"enable"}`);m.forget(a),this.data={...this.data,connections:this.data.connections.map(e=>e.name===s.name?s:e)},this.ctx.say(s.enabled?this.words.enabledNow(u(s)):this.words.disabledNow(u(s)))}catch(a){this.problem=a}this.busy=""}}};h.styles=[...x.styles,N];w([C()],h.prototype,"problem",2);w([C()],h.prototype,"busy",2);h=w([P("lms-connections")],h);export{h as Connections};
