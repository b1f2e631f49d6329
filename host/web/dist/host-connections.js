import{V as y,e as h,J as f,b as l,j as u,a as o,r as v,n as k,h as x,d as $,t as C}from"./shell.js";import{c as p}from"./host-checks.js";import{c as O,h as z,a as P,b as T,l as A,d as R,i as _,e as B}from"./host-shown.js";import{m as j,c as H,i as L,n as d,w as M,a as m,b as U}from"./host-run-view.js";import{n as D,w as E,s as w}from"./host-ways.js";import"./host-actor.js";var G=Object.defineProperty,N=Object.getOwnPropertyDescriptor,b=(t,a,s,e)=>{for(var n=e>1?void 0:e?N(a,s):a,i=t.length-1,r;i>=0;i--)(r=t[i])&&(n=(e?r(a,s,n):r(n))||n);return e&&n&&G(a,s,n),n};let c=class extends y{constructor(){super(...arguments),this.routes=new Map,this.problem=null,this.busy="",this.watching=null,this.onChecked=()=>this.requestUpdate()}get words(){return O[this.ctx.language]}get mayChange(){return j(this.ctx.session,this.organization,"organization-admin")}async load(t){const{api:a}=this.ctx,[s,e,n]=await Promise.all([h(a,H(this.organization),{signal:t}),h(a,"/api/v1/source-kinds",{signal:t}),h(a,"/api/v1/source-sets",{signal:t})]);return this.learnRoutes(s,t),{connections:s,kinds:e,sets:n}}async learnRoutes(t,a){const s=[...t],e=new Map(this.routes),n=async()=>{for(let i=s.shift();i&&!a.aborted;i=s.shift()){const r=await h(this.ctx.api,`${m(this.organization,i.name)}/routes`,{signal:a}).catch(()=>null);if(a.aborted)return;e.set(i.name,r),this.routes=new Map(e)}};await Promise.all(Array.from({length:6},n)),!a.aborted&&[...e.values()].some(i=>i?.some(r=>L(r.latestRun)))&&this.watch()}async watch(){if(this.watching)return;const t=this.watching=new AbortController;await f(3e3,t.signal),this.watching=null,!t.signal.aborted&&this.isConnected&&await this.refresh()}connectedCallback(){super.connectedCallback(),p.addEventListener("change",this.onChecked)}disconnectedCallback(){super.disconnectedCallback(),p.removeEventListener("change",this.onChecked),this.watching?.abort(),this.watching=null}heading(){return this.words.title}lead(){return l`<p class="lead">${this.words.lead}</p>`}actions(){const{words:t}=this;return this.mayChange?l`<div class="btns"><a class="btn primary" href=${D(this.organization,{})}>${u("plus")}${t.create}</a></div>`:l`<div class="btns">
      <span class="small muted grow" id="why">${t.adminOnly(this.shell.roles["organization-admin"])}</span>
      <button class="btn primary" type="button" aria-disabled="true" aria-describedby="why">${u("plus")}${t.create}</button>
    </div>`}draw({connections:t,kinds:a,sets:s}){const{words:e,ctx:n,organization:i}=this,r=E(n,i,a,s,this.mayChange);return l`${this.problem?v(n,this.problem):o}
      ${t.length===0?l`<div class="stack">
            ${k("plug","",e.noneTitle,e.noneText)}
            <section class="panel" aria-labelledby="ways"><div class="panel-head"><div><h2 id="ways">${e.waysTitle}</h2><p class="small muted">${e.waysLead}</p></div></div>${r}</section>
            ${w(n,i,s,t,this.mayChange)}
          </div>`:l`<div class="stack">
            <section class="panel" aria-label=${e.title}>${this.table(t,a)}</section>
            ${w(n,i,s,t,this.mayChange)}
            <details class="more"><summary>${u("chev","s")}${e.waysTitle}</summary><div class="panel ways">${r}</div></details>
          </div>`}`}table(t,a){const{words:s}=this;return l`<div class="table-wrap">
      <table class="stackable">
        <thead>
          <tr>
            <th scope="col">${s.name}</th><th scope="col">${s.leads}</th><th scope="col">${s.state}</th><th scope="col">${s.lastRun}</th>
            ${this.mayChange?l`<th scope="col"><span class="sr">${s.action}</span></th>`:o}
          </tr>
        </thead>
        <tbody>${t.map(e=>this.row(e,a.find(n=>n.name===e.kind)))}</tbody>
      </table>
    </div>`}row(t,a){const{words:s,ctx:e}=this,n=this.routes.get(t.name);return l`<tr>
      <td><div><a href=${x("org",this.organization,"connections",t.name)}><b>${d(t)}</b></a><small>${a?.title??t.kind}</small></div></td>
      <td data-label=${s.leads}>${this.leads(t)}</td>
      <td data-label=${s.state}><div>${this.state(t,a,n)}${this.checked(t)}</div></td>
      <td data-label=${s.lastRun}>${n?this.lastRun(t,n):n===null?l`<span class="faint">${s.routesUnknown}</span>`:l`<span class="faint">${e.kit.loading}</span>`}</td>
      ${this.mayChange?l`<td class="act">
            <button class="btn small" type="button" aria-label="${t.enabled?s.disable:s.enable}: ${d(t)}" aria-busy=${this.busy===t.name?"true":o} @click=${()=>void this.toggle(t)}>${t.enabled?s.disable:s.enable}</button>
          </td>`:o}
    </tr>`}leads(t){const a=M(t);return a?l`<code>${a}</code>`:t.kind==="listen"?this.words.listens:t.kind==="files"?this.words.uploadsOnly:"—"}state(t,a,s){const{words:e,ctx:n}=this;if(!a)return l`<span class="badge bad">${u("excl")}${e.kindGone}</span>`;if(!s&&t.enabled)return s===null?"—":l`<span class="faint">${n.kit.loading}</span>`;const i=z(t,s??[]),r=P(n,i);return l`${T(n,t.kind,i)}${r?l`<p class="state-text">${r}</p>`:o}`}checked(t){const{words:a,ctx:s}=this,e=p.of(m(this.organization,t.name));if(!e||e.state==="running")return o;const n=e.state==="broken"?a.checkUnsaid:e.ok?U(t.kind)?a.checkWellBrought:a.checkWell:a.checkBad(s.locale.count(e.diagnoses.length,a.problems));return l`<p class="state-text">${a.checkedAt(s.locale.time(e.at))}: ${n}</p>`}lastRun(t,a){const{words:s,ctx:e}=this,n=A(a),i=n?.run,r=i?R(e,i):"",g=n&&a.length>1?`${d(n.route)}: `:"";return l`<div>
      ${i?l`<time class="num" datetime=${i.startedAt}>${e.locale.moment(i.startedAt)}</time>${r?l`<small>${g}${r}</small>`:o}`:l`<span class="faint">${s.never}</span>`}
      ${t.enabled&&_(t,a)?l`<small>${s.byHandOnly}</small>`:o}
    </div>`}async toggle(t){if(!this.busy){this.busy=t.name,this.problem=null;try{const a=m(this.organization,t.name),{data:s}=await this.ctx.api.post(`${a}/${t.enabled?"disable":"enable"}`);p.forget(a),this.data={...this.data,connections:this.data.connections.map(e=>e.name===s.name?s:e)},this.ctx.say(s.enabled?this.words.enabledNow(d(s)):this.words.disabledNow(d(s)))}catch(a){this.problem=a}this.busy=""}}};c.styles=[...y.styles,B];b([$()],c.prototype,"routes",2);b([$()],c.prototype,"problem",2);b([$()],c.prototype,"busy",2);c=b([C("lms-connections")],c);export{c as Connections};
