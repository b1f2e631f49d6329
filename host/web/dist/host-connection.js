import{S as _,F as $,a as r,b as i,j as h,r as T,A as R,t as j,d as y,I,h as C,V,e as A,_ as G,J as K,q as J,n as H,N as U}from"./shell.js";import{p as W}from"./host-session.js";import{a as Q}from"./host-actor.js";import{c as d}from"./host-checks.js";import{a as D,m as S,b as p,n as b,s as X,r as F,i as Y,w as Z}from"./host-run-view.js";import{e as N,c as k,f as tt,s as q,d as st,g as et,h as at,i as nt,a as it,b as ot,o as rt,j as B}from"./host-shown.js";import{i as E}from"./host-values.js";import{c as ct}from"./host-repeat.js";var lt=Object.defineProperty,ht=Object.getOwnPropertyDescriptor,L=(t,s,e,a)=>{for(var n=a>1?void 0:a?ht(s,e):s,o=t.length-1,c;o>=0;o--)(c=t[o])&&(n=(a?c(s,e,n):c(n))||n);return a&&n&&lt(s,e,n),n};let O=class extends _{constructor(){super(...arguments),this.organization="",this.onChange=()=>{const t=d.of(this.where);this.last?.state==="running"&&t&&t.state!=="running"&&this.tell(t),this.last=t,this.requestUpdate()}}get words(){return k[this.ctx.language]}get where(){return D(this.organization,this.connection.name)}willUpdate(t){t.has("connection")&&(this.last=d.of(this.where))}connectedCallback(){super.connectedCallback(),d.addEventListener("change",this.onChange)}disconnectedCallback(){super.disconnectedCallback(),d.removeEventListener("change",this.onChange)}render(){const{words:t,ctx:s}=this,e=d.of(this.where),a=S(s.session,this.organization,"methodist"),n=e&&e.state!=="running"?t.checkedAt(s.locale.exactTime(e.at)):"";return i`<section class="panel" aria-labelledby="check">
      <div class="panel-head">
        <div><h2 id="check">${t.checkTitle}</h2>${n?i`<p class="small muted">${n}</p>`:r}</div>
        <div class="btns">
          ${a?r:i`<span class="small muted grow" id="why">${t.runsMethodist(this.shell.roles.methodist)}</span>`}
          <button class="btn" type="button" aria-disabled=${a?r:"true"} aria-describedby=${a?r:"why"} aria-busy=${e?.state==="running"?"true":r} @click=${()=>a&&void this.check()}>
            ${e?.state==="running"?i`<span class="spin" aria-hidden="true"></span>${t.checking}`:i`${h("refresh")}${t.checkNow}`}
          </button>
        </div>
      </div>
      <div class="panel-body">${this.found(e)}</div>
    </section>`}found(t){const{words:s,ctx:e}=this;return t?t.state==="running"?i`<p class="muted">${s.checkingText}</p>`:t.state==="broken"?T(e,t.error,t.error instanceof R&&t.error.status===403?void 0:()=>void this.check()):t.ok?i`<p><span class="badge ok">${h("okc")}${this.well}</span></p><p class="small muted after-well">${this.unsaid}</p>`:tt(e,t.diagnoses):i`<p class="muted">${p(this.connection.kind)?s.checkNeverBrought:s.checkNever}</p>`}get well(){return p(this.connection.kind)?this.words.checkWellBrought:this.words.checkWell}get unsaid(){const{kind:t,settings:s}=this.connection;if(p(t))return this.words.checkNoteBrought;const e=s.auth!==void 0&&s.auth!=="none";return t==="http"&&e&&!s.checkPath?this.words.checkNoteNoPath:this.words.checkNote}tell(t){const{words:s,ctx:e}=this;t.state==="broken"?e.say(s.checkUnsaid,!0):e.say(t.ok?this.well:s.checkBad(e.locale.count(t.diagnoses.length,s.problems)),!t.ok)}async check(){d.of(this.where)?.state!=="running"&&await d.run(this.ctx.api,this.where)}};O.styles=[..._.styles,N];L([$({attribute:!1})],O.prototype,"organization",2);L([$({attribute:!1})],O.prototype,"connection",2);O=L([j("lms-connection-check")],O);var dt=Object.defineProperty,ut=Object.getOwnPropertyDescriptor,x=(t,s,e,a)=>{for(var n=a>1?void 0:a?ut(s,e):s,o=t.length-1,c;o>=0;o--)(c=t[o])&&(n=(a?c(s,e,n):c(n))||n);return a&&n&&dt(s,e,n),n};let m=class extends _{constructor(){super(...arguments),this.organization="",this.connection=null,this.routes=0,this.problem=null,this.busy=!1}get words(){return k[this.ctx.language]}async ask(){this.problem=null,await this.updateComplete,this.box.showModal()}render(){const{words:t,connection:s}=this;if(!s)return i``;const e=(a,n)=>i`<li>${h(a,"s")}<span>${n}</span></li>`;return i`<dialog role="alertdialog" aria-labelledby="h" aria-describedby="t" @cancel=${a=>this.busy&&a.preventDefault()}>
      <div class="dialog-head">
        <span class="sign">${h("alert")}</span>
        <div><h2 id="h">${t.removeTitle(b(s))}</h2><p id="t">${t.removeText}</p></div>
      </div>
      <div class="dialog-body">
        <div class="ledger2">
          <div>
            <h3>${t.goes}</h3>
            <ul class="ticks bad-text">
              ${e("x",t.goesConnection)}
              ${this.routes?e("x",t.goesRoutes(this.ctx.locale.count(this.routes,t.routeForms))):r}
              ${this.routes?e("x",t.goesRuns):r}
              ${Object.values(s.settings).some(E)?e("x",t.goesSecrets):r}
              ${s.kind==="listen"?e("x",t.goesTokens):r}
            </ul>
          </div>
          <div>
            <h3>${t.stays}</h3>
            <ul class="ticks">${e("check",t.staysRecords)}${e("check",t.staysSource)}${e("check",t.staysJournal)}</ul>
          </div>
        </div>
        ${this.problem?T(this.ctx,this.problem):r}
      </div>
      <div class="dialog-foot">
        <button class="btn" type="button" autofocus @click=${()=>this.box.close()}>${this.ctx.kit.cancel}</button>
        <button class="btn danger" type="button" aria-busy=${this.busy?"true":r} @click=${()=>void this.erase(s)}>${t.remove}</button>
      </div>
    </dialog>`}async erase(t){if(!this.busy){this.busy=!0,this.problem=null;try{const s=D(this.organization,t.name);await this.ctx.api.delete(s,{ifMatch:`"${t.revision}"`}),d.forget(s),this.box.close(),this.ctx.say(this.words.removed(b(t))),this.ctx.go(C("org",this.organization,"connections"))}catch(s){s instanceof R&&s.status===412?(this.box.close(),this.dispatchEvent(new CustomEvent("changed-meanwhile"))):this.problem=s}this.busy=!1}}};x([$({attribute:!1})],m.prototype,"organization",2);x([$({attribute:!1})],m.prototype,"connection",2);x([$({attribute:!1})],m.prototype,"routes",2);x([y()],m.prototype,"problem",2);x([y()],m.prototype,"busy",2);x([I("dialog")],m.prototype,"box",2);m=x([j("lms-connection-remove")],m);function pt(t,s,e){const a=[...t];return a.splice(e,0,...a.splice(s,1)),a}function bt(t){return t.flatMap((s,e)=>s.position===e+1?[]:[[s,e+1]])}var $t=Object.defineProperty,gt=Object.getOwnPropertyDescriptor,f=(t,s,e,a)=>{for(var n=a>1?void 0:a?gt(s,e):s,o=t.length-1,c;o>=0;o--)(c=t[o])&&(n=(a?c(s,e,n):c(n))||n);return a&&n&&$t(s,e,n),n};let u=class extends _{constructor(){super(...arguments),this.organization="",this.routes=[],this.hasSets=!1,this.problem=null,this.conflict=!1,this.busy=""}get words(){return k[this.ctx.language]}get mayChange(){return S(this.ctx.session,this.organization,"organization-admin")}to(...t){return C("org",this.organization,"connections",this.connection.name,...t)}render(){const{words:t}=this;return i`<section class="panel" aria-labelledby="routes">
      <div class="panel-head">
        <div><h2 id="routes">${t.routes}</h2>${this.routes.length>1?i`<p class="small muted">${t.routesLead}</p>`:r}</div>
        ${this.routes.length&&this.mayChange?this.adding():r}
      </div>
      ${this.conflict?i`<div class="panel-body"><div class="note warn" role="alert">${h("alert")}<p>${t.routeChangedMeanwhile}</p></div></div>`:r}
      ${this.problem?i`<div class="panel-body">${T(this.ctx,this.problem)}</div>`:r}
      ${this.routes.length?this.table():i`<div class="empty">${h("split")}<h3>${t.noRoutesTitle}</h3><p>${t.noRoutesText}</p>${this.mayChange?this.adding():i`<p class="small">${t.adminOnly(this.shell.roles["organization-admin"])}</p>`}</div>`}
    </section>`}adding(){return i`<div class="btns">
      ${this.hasSets?i`<a class="btn" href=${this.to("set")}>${this.words.addSet}</a>`:r}
      <a class="btn ${this.routes.length?"":"primary"}" href=${this.to("routes","new")}>${h("plus")}${this.words.addRoute}</a>
    </div>`}table(){const{words:t}=this,s=this.mayChange&&this.routes.length>1;return i`<div class="table-wrap">
      <table class="stackable">
        <thead>
          <tr>
            <th scope="col">${t.route}</th><th scope="col">${t.records}</th>${p(this.connection.kind)?r:i`<th scope="col">${t.schedule}</th>`}<th scope="col">${t.lastRun}</th>
            ${this.mayChange?i`<th scope="col"><span class="sr">${t.action}</span></th>`:r}
          </tr>
        </thead>
        <tbody>${ct(this.routes,e=>e.name,(e,a)=>this.row(e,a,s))}</tbody>
      </table>
    </div>`}row(t,s,e){const{words:a,ctx:n}=this,o=b(t),c=t.mapping.target??"",l=(w,g)=>{const P=w<0?s===0:s===this.routes.length-1,M=w<0?P?a.isFirst(o):a.up(o):P?a.isLast(o):a.downwards(o);return i`<button class="btn icon ${g}" type="button" id="${g}-${t.name}" aria-label=${M} title=${M} aria-disabled=${P?"true":r} @click=${()=>!P&&void this.move(t,s+w)}>${h("chevd","s")}</button>`};return i`<tr>
      <td>
        <div>
          <a href=${this.to("routes",t.name)}><b>${o}</b></a>
          <small>${[o===t.name?"":t.name,t.fromSet?a.fromSet(t.fromSet):""].filter(Boolean).join(", ")}</small>
          ${t.enabled?r:i`<span class="badge">${h("minus")}${a.routeOff}</span>`}
        </div>
      </td>
      <td data-label=${a.records}>${a.targets[c]??(c||"—")}</td>
      ${p(this.connection.kind)?r:i`<td data-label=${a.schedule}>${t.schedule?q(n,t.schedule):this.connection.schedule?a.asConnection:i`<span class="faint">${a.byHand}</span>`}</td>`}
      <td data-label=${a.lastRun}>${this.latest(t)}</td>
      ${this.mayChange?i`<td class="act">
            ${e?i`<span class="order">${l(-1,"turn-up")}${l(1,"turn-down")}</span>`:r}
            <button class="btn small" type="button" aria-label="${t.enabled?a.disable:a.enable}: ${o}" aria-busy=${this.busy===t.name?"true":r} @click=${()=>void this.toggle(t)}>${t.enabled?a.disable:a.enable}</button>
          </td>`:r}
    </tr>`}latest(t){const{ctx:s,words:e}=this,a=t.latestRun;if(!a)return i`<span class="faint">${e.never}</span>`;const n=st(s,a);return i`<div>
      ${X(s,a)}
      <small><a href=${this.to("routes",t.name,"runs",a.id)}><time datetime=${a.startedAt}>${s.locale.moment(a.startedAt)}</time></a>${n?`, ${n}`:""}</small>
      ${a.diagnoses[0]?i`<p class="state-text small">${et(a.diagnoses[0])}</p>`:r}
    </div>`}async toggle(t){await this.change(t,async()=>{await this.ctx.api.post(`${F(this.organization,this.connection.name,t.name)}/${t.enabled?"disable":"enable"}`),this.ctx.say(t.enabled?this.words.routeDisabled(b(t)):this.words.routeEnabled(b(t)))})}async move(t,s){const e=this.routes;await this.change(t,async()=>{const a=pt(e,e.indexOf(t),s);this.routes=a;for(const[n,o]of bt(a))await this.ctx.api.put(F(this.organization,this.connection.name,n.name),{...n,position:o},{ifMatch:`"${n.revision}"`});this.ctx.say(this.words.moved(b(t),this.words.place(s+1)))}),await this.updateComplete,this.renderRoot.querySelector(`#${s<e.indexOf(t)?"turn-up":"turn-down"}-${CSS.escape(t.name)}`)?.focus()}async change(t,s){if(!this.busy){this.busy=t.name,this.problem=null,this.conflict=!1;try{await s()}catch(e){e instanceof R&&e.status===412?this.conflict=!0:this.problem=e}this.busy="",this.dispatchEvent(new CustomEvent("routes-changed"))}}};u.styles=[..._.styles,N];f([$({attribute:!1})],u.prototype,"organization",2);f([$({attribute:!1})],u.prototype,"connection",2);f([$({attribute:!1})],u.prototype,"routes",2);f([$({attribute:!1})],u.prototype,"hasSets",2);f([y()],u.prototype,"problem",2);f([y()],u.prototype,"conflict",2);f([y()],u.prototype,"busy",2);u=f([j("lms-connection-routes")],u);var mt=Object.defineProperty,yt=Object.getOwnPropertyDescriptor,z=(t,s,e,a)=>{for(var n=a>1?void 0:a?yt(s,e):s,o=t.length-1,c;o>=0;o--)(c=t[o])&&(n=(a?c(s,e,n):c(n))||n);return a&&n&&mt(s,e,n),n};let v=class extends V{constructor(){super(...arguments),this.problem=null,this.conflict=!1,this.busy="",this.watching=null}get words(){return k[this.ctx.language]}get where(){return D(this.organization,this.path)}get mayChange(){return S(this.ctx.session,this.organization,"organization-admin")}async load(t){const{api:s}=this.ctx,[{data:e},a,n,o]=await Promise.all([s.get(this.where,{signal:t}),A(s,`${this.where}/routes`,{signal:t}),A(s,"/api/v1/source-kinds",{signal:t}),A(s,"/api/v1/source-sets",{signal:t})]),c=n.find(g=>g.name===e.kind)??null,w=!e.changedBy.includes(":")?await W(s,e.changedBy):Q(this.ctx.language,e.changedBy);return p(e.kind)&&await G(()=>import("./host-arrivals.js"),[],import.meta.url),a.some(g=>Y(g.latestRun))&&this.watch(),{connection:e,routes:a,kind:c,hasSets:o.some(g=>g.kind===e.kind),changedBy:w}}async watch(){if(this.watching)return;const t=this.watching=new AbortController;await K(2e3,t.signal),this.watching=null,!t.signal.aborted&&this.isConnected&&await this.refresh()}disconnectedCallback(){super.disconnectedCallback(),this.watching?.abort(),this.watching=null}wayHere(){return J(this.words.toList,C("org",this.organization,"connections"),this.heading())}heading(){return this.data?b(this.data.connection):this.path}lead(){if(!this.data)return r;const{connection:t,routes:s,kind:e}=this.data,a=at(t,s),n=a.state==="well"||a.state==="never"?nt(t,s):!1,o=(e?it(this.ctx,a):"")||(n?this.words.byHandOnly:""),c=[e?.title??t.kind,Z(t)].filter(Boolean).join(" · "),l=e?ot(this.ctx,t.kind,a):i`<span class="badge bad">${h("excl")}${this.words.kindGone}</span>`;return i`<p class="lead state-line">${l}<span class="what">${c}</span>${o?i`<span class="what">${o}</span>`:r}</p>`}actions(){const{words:t}=this,{connection:s,routes:e,kind:a}=this.data,n=S(this.ctx.session,this.organization,"methodist"),o=rt(s,e),c=n?o?t.obstacles[o]:"":t.runsMethodist(this.shell.roles.methodist);return i`<div class="btns">
      ${this.mayChange?i`<button class="btn" type="button" aria-busy=${this.busy==="toggle"?"true":r} @click=${()=>void this.toggle(s)}>${s.enabled?t.disable:t.enable}</button>
            ${a?i`<a class="btn" href=${C("org",this.organization,"connections",this.path,"edit")}>${t.edit}</a>`:r}`:[s.enabled?t.disable:t.enable,t.edit].map(l=>i`<button class="btn" type="button" aria-disabled="true" aria-describedby="why-admin">${l}</button>`)}
      ${p(s.kind)?r:i`<button class="btn ${e.length?"primary":""}" type="button" aria-disabled=${c?"true":r} aria-describedby=${c?"why-not":r} aria-busy=${this.busy==="run"?"true":r} @click=${()=>!c&&void this.run()}>${h("play")}${t.runAll}</button>
            ${c?i`<span class="small muted" id="why-not">${c}</span>`:r}`}
      ${this.mayChange?r:i`<span class="small muted" id="why-admin">${t.adminOnly(this.shell.roles["organization-admin"])}</span>`}
    </div>`}draw({connection:t,routes:s,kind:e,hasSets:a,changedBy:n}){const{words:o,ctx:c,organization:l}=this;return i`<div class="stack">
      ${this.conflict?i`<div role="alert">${H("alert","warn",B[c.language].conflictTitle,o.changedMeanwhile)}</div>`:r}
      ${this.problem?T(c,this.problem):r}
      ${e?r:H("module","bad",o.kindGone,o.kindGoneText(t.kind))}
      <lms-connection-check .ctx=${c} .organization=${l} .connection=${t}></lms-connection-check>
      <lms-connection-routes .ctx=${c} .organization=${l} .connection=${t} .routes=${s} .hasSets=${a} @routes-changed=${()=>this.changed()}></lms-connection-routes>
      ${p(t.kind)?i`<lms-arrivals .ctx=${c} .organization=${l} .connection=${t.name} .changes=${wt(t,s)} @arrived=${()=>void this.refresh()}></lms-arrivals>`:r}
      ${this.facts(t,e,n)}
      <div class="btns">
        <a class="btn" href=${C("org",l,"connections",t.name,"log")}>${h("list")}${o.log}</a>
        ${this.mayChange?i`<button class="btn danger-quiet" type="button" @click=${()=>void this.removing.ask()}>${o.remove}</button>`:i`<button class="btn" type="button" aria-disabled="true" aria-describedby="why-admin">${o.remove}</button>`}
      </div>
      <lms-connection-remove .ctx=${c} .organization=${l} .connection=${t} .routes=${s.length} @changed-meanwhile=${()=>void this.lookAgain()}></lms-connection-remove>
    </div>`}facts(t,s,e){const{words:a,ctx:n}=this,c=(s?.connection??Object.keys(t.settings).map(l=>({name:l,title:l,type:"text",choices:void 0}))).filter(({name:l,type:w})=>w==="secret"?E(t.settings[l]):t.settings[l]!==void 0);return i`<section class="panel" aria-labelledby="facts">
      <div class="panel-head"><h2 id="facts">${a.facts}</h2></div>
      <div class="panel-body">
        <dl class="facts wide">
          <dt>${a.kind}</dt><dd>${s?.title??t.kind}</dd>
          <dt>${a.nameInAddress}</dt><dd><code>${t.name}</code></dd>
          ${p(t.kind)?r:i`<dt>${a.schedule}</dt><dd>${t.schedule?q(n,t.schedule):B[n.language].rhythms.never}</dd>`}
          ${c.map(l=>i`<dt>${l.title}</dt><dd>${ft(n.language,t.settings[l.name],!!l.choices)}</dd>`)}
          <dt>${a.changed}</dt><dd>${a.changedBy(n.locale.moment(t.changedAt),e)}</dd>
        </dl>
      </div>
    </section>`}changed(){d.forget(this.where),this.refresh()}async lookAgain(){await this.refresh(),this.conflict=!0}async toggle(t){await this.doing("toggle",async()=>{const{data:s}=await this.ctx.api.post(`${this.where}/${t.enabled?"disable":"enable"}`);d.forget(this.where),this.data={...this.data,connection:s},this.ctx.say(s.enabled?this.words.enabledNow(b(s)):this.words.disabledNow(b(s)))})}async run(){await this.doing("run",async()=>{const{data:t}=await this.ctx.api.post(`${this.where}/run`,{},{idempotencyKey:U()});this.ctx.say(this.words.runAllDone(this.ctx.locale.count(t.items.length,this.words.routeForms))),await this.refresh()})}async doing(t,s){if(!this.busy){this.busy=t,this.problem=null,this.conflict=!1;try{await s()}catch(e){this.problem=e}this.busy=""}}};v.styles=[...V.styles,N];z([y()],v.prototype,"problem",2);z([y()],v.prototype,"conflict",2);z([y()],v.prototype,"busy",2);z([I("lms-connection-remove")],v.prototype,"removing",2);v=z([j("lms-connection")],v);function ft(t,s,e){if(E(s))return k[t].secretKept(s.lastFour);if(typeof s=="boolean")return k[t].flags[s?"yes":"no"];if(Array.isArray(s))return i`<code>${s.join(", ")}</code>`;if(typeof s=="object"&&s!==null)return Object.entries(s).map(([n,o])=>i`<div><code>${n}: ${String(o)}</code></div>`);const a=String(s);return e?B[t].choices[a]??a:i`<code>${a.length>200?`${a.slice(0,60)}…`:a}</code>`}function wt(t,s){return JSON.stringify([t.enabled,s.map(e=>[e.name,e.enabled])])}export{v as ConnectionView};
