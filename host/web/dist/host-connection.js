import{S as _,F as h,a as c,b as n,j as p,r as T,A as D,t as j,d as f,I as F,h as O,V as I,e as R,_ as K,J as W,q as J,n as M,N as U}from"./shell.js";import{p as Q}from"./host-session.js";import{c as k,d as A,m as S,i as b,b as N,g as X,n as $,t as Y,e as Z,s as tt,j as st,r as et,k as at,h as it,f as nt,w as ot,o as rt}from"./host-run-view.js";import{a as V}from"./host-actor.js";import{c as u}from"./host-checks.js";import{c as E,h as ct,a as lt}from"./host-shown.js";import{f as q}from"./host-form-texts.js";import{i as L}from"./host-edit-texts.js";import{c as ht}from"./host-repeat.js";import{s as G}from"./host-schedule-field.js";var dt=Object.defineProperty,ut=Object.getOwnPropertyDescriptor,B=(t,s,e,a)=>{for(var i=a>1?void 0:a?ut(s,e):s,o=t.length-1,r;o>=0;o--)(r=t[o])&&(i=(a?r(s,e,i):r(i))||i);return a&&i&&dt(s,e,i),i};let C=class extends _{constructor(){super(...arguments),this.organization="",this.kind=null,this.onChange=()=>{const t=u.of(this.where);this.last?.state==="running"&&t&&t.state!=="running"&&this.tell(t),this.last=t,this.requestUpdate()}}get words(){return k[this.ctx.language]}get where(){return A(this.organization,this.connection.name)}willUpdate(t){t.has("connection")&&(this.last=u.of(this.where))}connectedCallback(){super.connectedCallback(),u.addEventListener("change",this.onChange)}disconnectedCallback(){super.disconnectedCallback(),u.removeEventListener("change",this.onChange)}render(){const{words:t,ctx:s}=this,e=u.latest(this.where,this.connection),a=S(s.session,this.organization,"methodist"),i=e?.state==="done"?t.checkedBy(s.locale.moment(e.found.at),V(s.language,e.found.by)):"";return n`<section class="panel" aria-labelledby="check">
      <div class="panel-head">
        <div><h2 id="check">${t.checkTitle}</h2>${i?n`<p class="small muted">${i}</p>`:c}</div>
        <div class="btns">
          ${a?c:n`<span class="small muted grow" id="why">${t.runsMethodist(this.shell.roles.methodist)}</span>`}
          <button class="btn" type="button" aria-disabled=${a?c:"true"} aria-describedby=${a?c:"why"} aria-busy=${e?.state==="running"?"true":c} @click=${()=>a&&void this.check()}>
            ${e?.state==="running"?n`<span class="spin" aria-hidden="true"></span>${t.checking}`:n`${p("refresh")}${t.checkNow}`}
          </button>
        </div>
      </div>
      <div class="panel-body">${this.found(e)}</div>
    </section>`}found(t){const{words:s,ctx:e}=this;if(!t)return n`<p class="muted">${b(this.kind)?s.checkNeverBrought:s.checkNever}</p>`;if(t.state==="running")return n`<p class="muted">${s.checkingText}</p>`;if(t.state==="broken")return T(e,t.error,t.error instanceof D&&t.error.status===403?void 0:()=>void this.check());const{ok:a,outdated:i,failedAt:o,diagnoses:r}=t.found;return n`${i?n`<div class="note warn">${p("alert")}<p>${s.checkOutdated}</p></div>`:c}
      ${a?n`<p>${N(i?"":"ok","okc",this.well)}</p><p class="small muted after-well">${this.unsaid}</p>`:n`${o&&s.checkSteps[o]?n`<p class="failed-at">${s.failedAt(s.checkSteps[o])}</p>`:c}${X(e,r,"bad")}`}`}get well(){return b(this.kind)?this.words.checkWellBrought:this.words.checkWell}get unsaid(){const{settings:t}=this.connection;if(b(this.kind))return this.words.checkNoteBrought;const s=t.auth!==void 0&&t.auth!=="none";return this.kind?.connection.some(({name:a})=>a==="checkPath")&&s&&!t.checkPath?this.words.checkNoteNoPath:this.words.checkNote}tell(t){const{words:s,ctx:e}=this;t.state==="broken"?e.say(s.checkUnsaid,!0):e.say(t.found.ok?this.well:s.checkBad(e.locale.count(t.found.diagnoses.length,s.problems)),!t.found.ok)}async check(){u.of(this.where)?.state!=="running"&&await u.run(this.ctx.api,this.where)}};C.styles=[..._.styles,E];B([h({attribute:!1})],C.prototype,"organization",2);B([h({attribute:!1})],C.prototype,"connection",2);B([h({attribute:!1})],C.prototype,"kind",2);C=B([j("lms-connection-check")],C);var pt=Object.defineProperty,bt=Object.getOwnPropertyDescriptor,w=(t,s,e,a)=>{for(var i=a>1?void 0:a?bt(s,e):s,o=t.length-1,r;o>=0;o--)(r=t[o])&&(i=(a?r(s,e,i):r(i))||i);return a&&i&&pt(s,e,i),i};let g=class extends _{constructor(){super(...arguments),this.organization="",this.connection=null,this.kind=null,this.routes=0,this.problem=null,this.busy=!1}get words(){return k[this.ctx.language]}async ask(){this.problem=null,await this.updateComplete,this.box.showModal()}render(){const{words:t,connection:s}=this;if(!s)return n``;const e=(a,i)=>n`<li>${p(a,"s")}<span>${i}</span></li>`;return n`<dialog role="alertdialog" aria-labelledby="h" aria-describedby="t" @cancel=${a=>this.busy&&a.preventDefault()}>
      <div class="dialog-head">
        <span class="sign">${p("alert")}</span>
        <div><h2 id="h">${t.removeTitle($(s))}</h2><p id="t">${t.removeText}</p></div>
      </div>
      <div class="dialog-body">
        <div class="ledger2">
          <div>
            <h3>${t.goes}</h3>
            <ul class="ticks bad-text">
              ${e("x",t.goesConnection)}
              ${this.routes?e("x",t.goesRoutes(this.ctx.locale.count(this.routes,t.routeForms))):c}
              ${this.routes?e("x",t.goesRuns):c}
              ${Object.values(s.settings).some(L)?e("x",t.goesSecrets):c}
              ${Y(this.kind,"request")?e("x",t.goesTokens):c}
            </ul>
          </div>
          <div>
            <h3>${t.stays}</h3>
            <ul class="ticks">${e("check",t.staysRecords)}${e("check",t.staysSource)}${e("check",t.staysJournal)}</ul>
          </div>
        </div>
        ${this.problem?T(this.ctx,this.problem):c}
      </div>
      <div class="dialog-foot">
        <button class="btn" type="button" autofocus @click=${()=>this.box.close()}>${this.ctx.kit.cancel}</button>
        <button class="btn danger" type="button" aria-busy=${this.busy?"true":c} @click=${()=>void this.erase(s)}>${t.remove}</button>
      </div>
    </dialog>`}async erase(t){if(!this.busy){this.busy=!0,this.problem=null;try{const s=A(this.organization,t.name);await this.ctx.api.delete(s,{ifMatch:`"${t.revision}"`}),u.forget(s),this.box.close(),this.ctx.say(this.words.removed($(t))),this.ctx.go(O("org",this.organization,"connections"))}catch(s){s instanceof D&&s.status===412?(this.box.close(),this.dispatchEvent(new CustomEvent("changed-meanwhile"))):this.problem=s}this.busy=!1}}};w([h({attribute:!1})],g.prototype,"organization",2);w([h({attribute:!1})],g.prototype,"connection",2);w([h({attribute:!1})],g.prototype,"kind",2);w([h({attribute:!1})],g.prototype,"routes",2);w([f()],g.prototype,"problem",2);w([f()],g.prototype,"busy",2);w([F("dialog")],g.prototype,"box",2);g=w([j("lms-connection-remove")],g);var $t=Object.defineProperty,gt=Object.getOwnPropertyDescriptor,m=(t,s,e,a)=>{for(var i=a>1?void 0:a?gt(s,e):s,o=t.length-1,r;o>=0;o--)(r=t[o])&&(i=(a?r(s,e,i):r(i))||i);return a&&i&&$t(s,e,i),i};let d=class extends _{constructor(){super(...arguments),this.organization="",this.kind=null,this.routes=[],this.hasSets=!1,this.problem=null,this.conflict=!1,this.busy=""}get words(){return k[this.ctx.language]}get mayChange(){return S(this.ctx.session,this.organization,"organization-admin")}to(...t){return O("org",this.organization,"connections",this.connection.name,...t)}render(){const{words:t}=this;return n`<section class="panel" aria-labelledby="routes">
      <div class="panel-head">
        <div><h2 id="routes">${t.routes}</h2>${this.routes.length>1?n`<p class="small muted">${t.routesLead}</p>`:c}</div>
        ${this.routes.length&&this.mayChange?this.adding():c}
      </div>
      ${this.conflict?n`<div class="panel-body"><div class="note warn" role="alert">${p("alert")}<p>${t.routeChangedMeanwhile}</p></div></div>`:c}
      ${this.problem?n`<div class="panel-body">${T(this.ctx,this.problem)}</div>`:c}
      ${this.routes.length?this.table():n`<div class="empty">${p("split")}<h3>${t.noRoutesTitle}</h3><p>${t.noRoutesText}</p>${this.mayChange?this.adding():n`<p class="small">${t.adminOnly(this.shell.roles["organization-admin"])}</p>`}</div>`}
    </section>`}adding(){return n`<div class="btns">
      ${this.hasSets?n`<a class="btn" href=${this.to("set")}>${this.words.addSet}</a>`:c}
      <a class="btn ${this.routes.length?"":"primary"}" href=${this.to("routes","new")}>${p("plus")}${this.words.addRoute}</a>
    </div>`}table(){const{words:t}=this,s=this.mayChange&&this.routes.length>1;return n`<div class="table-wrap">
      <table class="stackable">
        <thead>
          <tr>
            <th scope="col">${t.route}</th><th scope="col">${t.records}</th>${b(this.kind)?c:n`<th scope="col">${t.schedule}</th>`}<th scope="col">${t.lastRun}</th>
            ${this.mayChange?n`<th scope="col"><span class="sr">${t.action}</span></th>`:c}
          </tr>
        </thead>
        <tbody>${ht(this.routes,e=>e.name,(e,a)=>this.row(e,a,s))}</tbody>
      </table>
    </div>`}row(t,s,e){const{words:a,ctx:i}=this,o=$(t),r=t.mapping.target??"",l=(v,y)=>{const z=v<0?s===0:s===this.routes.length-1,H=v<0?z?a.isFirst(o):a.up(o):z?a.isLast(o):a.downwards(o);return n`<button class="btn icon ${y}" type="button" id="${y}-${t.name}" aria-label=${H} title=${H} aria-disabled=${z?"true":c} @click=${()=>!z&&void this.move(t,s+v)}>${p("chevd","s")}</button>`};return n`<tr>
      <td>
        <div>
          <a href=${this.to("routes",t.name)}><b>${o}</b></a>
          <small>${[o===t.name?"":t.name,t.fromSet?a.fromSet(t.fromSet):""].filter(Boolean).join(", ")}</small>
          ${t.enabled?c:N("","minus",a.routeOff)}
        </div>
      </td>
      <td data-label=${a.records}>${a.targets[r]??(r||"—")}</td>
      ${b(this.kind)?c:n`<td data-label=${a.schedule}>${t.schedule?G(i,t.schedule):this.connection.schedule?a.asConnection:n`<span class="faint">${a.byHand}</span>`}</td>`}
      <td data-label=${a.lastRun}>${this.latest(t)}</td>
      ${this.mayChange?n`<td class="act">
            ${e?n`<span class="order">${l(-1,"turn-up")}${l(1,"turn-down")}</span>`:c}
            <button class="btn small" type="button" aria-label="${t.enabled?a.disable:a.enable}: ${o}" aria-busy=${this.busy===t.name?"true":c} @click=${()=>void this.toggle(t)}>${t.enabled?a.disable:a.enable}</button>
          </td>`:c}
    </tr>`}latest(t){const{ctx:s,words:e}=this,a=t.latestRun;if(!a)return n`<span class="faint">${e.never}</span>`;const i=Z(s,a);return n`<div>
      ${tt(s,a)}
      <small><a href=${this.to("routes",t.name,"runs",a.id)}><time datetime=${a.startedAt}>${s.locale.moment(a.startedAt)}</time></a>${i?`, ${i}`:""}</small>
      ${a.diagnoses[0]?n`<p class="state-text small">${st(a.diagnoses[0])}</p>`:c}
    </div>`}async toggle(t){await this.change(t,async()=>{await this.ctx.api.post(`${et(this.organization,this.connection.name,t.name)}/${t.enabled?"disable":"enable"}`),this.ctx.say(t.enabled?this.words.routeDisabled($(t)):this.words.routeEnabled($(t)))})}async move(t,s){const e=this.routes;await this.change(t,async()=>{const a=e.filter(i=>i!==t);a.splice(s,0,t),this.routes=a,await this.ctx.api.put(`${A(this.organization,this.connection.name)}/route-order`,{names:a.map(({name:i})=>i)}),this.ctx.say(this.words.moved($(t),this.words.place(s+1)))}),await this.updateComplete,this.renderRoot.querySelector(`#${s<e.indexOf(t)?"turn-up":"turn-down"}-${CSS.escape(t.name)}`)?.focus()}async change(t,s){if(!this.busy){this.busy=t.name,this.problem=null,this.conflict=!1;try{await s()}catch(e){e instanceof D&&(e.status===412||e.status===422&&mt(e))?this.conflict=!0:this.problem=e}this.busy="",this.dispatchEvent(new CustomEvent("routes-changed"))}}};d.styles=[..._.styles,E];m([h({attribute:!1})],d.prototype,"organization",2);m([h({attribute:!1})],d.prototype,"connection",2);m([h({attribute:!1})],d.prototype,"kind",2);m([h({attribute:!1})],d.prototype,"routes",2);m([h({attribute:!1})],d.prototype,"hasSets",2);m([f()],d.prototype,"problem",2);m([f()],d.prototype,"conflict",2);m([f()],d.prototype,"busy",2);d=m([j("lms-connection-routes")],d);function mt({problem:t}){return(t.errors??[]).some(({pointer:s})=>s.startsWith("/names"))}var yt=Object.defineProperty,ft=Object.getOwnPropertyDescriptor,P=(t,s,e,a)=>{for(var i=a>1?void 0:a?ft(s,e):s,o=t.length-1,r;o>=0;o--)(r=t[o])&&(i=(a?r(s,e,i):r(i))||i);return a&&i&&yt(s,e,i),i};let x=class extends I{constructor(){super(...arguments),this.problem=null,this.conflict=!1,this.busy="",this.watching=null}get words(){return k[this.ctx.language]}get where(){return A(this.organization,this.path)}get mayChange(){return S(this.ctx.session,this.organization,"organization-admin")}async load(t){const{api:s}=this.ctx,[{data:e},a,i,o]=await Promise.all([s.get(this.where,{signal:t}),R(s,`${this.where}/routes`,{signal:t}),R(s,"/api/v1/source-kinds",{signal:t}),R(s,"/api/v1/source-sets",{signal:t})]),r=i.find(y=>y.name===e.kind)??null,v=!e.changedBy.includes(":")?await Q(s,e.changedBy):V(this.ctx.language,e.changedBy);return b(r)&&await K(()=>import("./host-arrivals.js"),[],import.meta.url),a.some(y=>at(y.latestRun))&&this.watch(),{connection:e,routes:a,kind:r,hasSets:o.some(y=>y.kind===e.kind),changedBy:v}}async watch(){if(this.watching)return;const t=this.watching=new AbortController;await W(2e3,t.signal),this.watching=null,!t.signal.aborted&&this.isConnected&&await this.refresh()}disconnectedCallback(){super.disconnectedCallback(),this.watching?.abort(),this.watching=null}wayHere(){return J(this.words.toList,O("org",this.organization,"connections"),this.heading())}heading(){return this.data?$(this.data.connection):this.path}lead(){if(!this.data)return c;const{connection:t,kind:s}=this.data,e=it(t),a=e.state==="well"||e.state==="never"?nt(t,s):!1,i=(s?ct(this.ctx,e):"")||(a?this.words.byHandOnly:""),o=[s?.title??t.kind,ot(t,s)].filter(Boolean).join(" · "),r=s?lt(this.ctx,s,e):N("bad","excl",this.words.kindGone);return n`<p class="lead state-line">${r}<span class="what">${o}</span>${i?n`<span class="what">${i}</span>`:c}</p>`}actions(){const{words:t}=this,{connection:s,routes:e,kind:a}=this.data,i=S(this.ctx.session,this.organization,"methodist"),o=rt(s),r=i?o?t.obstacles[o]:"":t.runsMethodist(this.shell.roles.methodist);return n`<div class="btns">
      ${this.mayChange?n`<button class="btn" type="button" aria-busy=${this.busy==="toggle"?"true":c} @click=${()=>void this.toggle(s)}>${s.enabled?t.disable:t.enable}</button>
            ${a?n`<a class="btn" href=${O("org",this.organization,"connections",this.path,"edit")}>${t.edit}</a>`:c}`:[s.enabled?t.disable:t.enable,t.edit].map(l=>n`<button class="btn" type="button" aria-disabled="true" aria-describedby="why-admin">${l}</button>`)}
      ${b(a)?c:n`<button class="btn ${e.length?"primary":""}" type="button" aria-disabled=${r?"true":c} aria-describedby=${r?"why-not":c} aria-busy=${this.busy==="run"?"true":c} @click=${()=>!r&&void this.run()}>${p("play")}${t.runAll}</button>
            ${r?n`<span class="small muted" id="why-not">${r}</span>`:c}`}
      ${this.mayChange?c:n`<span class="small muted" id="why-admin">${t.adminOnly(this.shell.roles["organization-admin"])}</span>`}
    </div>`}draw({connection:t,routes:s,kind:e,hasSets:a,changedBy:i}){const{words:o,ctx:r,organization:l}=this;return n`<div class="stack">
      ${this.conflict?n`<div role="alert">${M("alert","warn",q[r.language].conflictTitle,o.changedMeanwhile)}</div>`:c}
      ${this.problem?T(r,this.problem):c}
      ${e?c:M("module","bad",o.kindGone,o.kindGoneText(t.kind))}
      <lms-connection-check .ctx=${r} .organization=${l} .connection=${t} .kind=${e}></lms-connection-check>
      <lms-connection-routes .ctx=${r} .organization=${l} .connection=${t} .kind=${e} .routes=${s} .hasSets=${a} @routes-changed=${()=>this.changed()}></lms-connection-routes>
      ${b(e)?n`<lms-arrivals .ctx=${r} .organization=${l} .connection=${t.name} .kind=${e} .changes=${vt(t,s)} @arrived=${()=>void this.refresh()}></lms-arrivals>`:c}
      ${this.facts(t,e,i)}
      <div class="btns">
        <a class="btn" href=${O("org",l,"connections",t.name,"log")}>${p("list")}${o.log}</a>
        ${this.mayChange?n`<button class="btn danger-quiet" type="button" @click=${()=>void this.removing.ask()}>${o.remove}</button>`:n`<button class="btn" type="button" aria-disabled="true" aria-describedby="why-admin">${o.remove}</button>`}
      </div>
      <lms-connection-remove .ctx=${r} .organization=${l} .connection=${t} .kind=${e} .routes=${s.length} @changed-meanwhile=${()=>void this.lookAgain()}></lms-connection-remove>
    </div>`}facts(t,s,e){const{words:a,ctx:i}=this,r=(s?.connection??Object.keys(t.settings).map(l=>({name:l,title:l,type:"text",choices:void 0,choiceTitles:void 0}))).filter(({name:l,type:v})=>v==="secret"?L(t.settings[l]):t.settings[l]!==void 0);return n`<section class="panel" aria-labelledby="facts">
      <div class="panel-head"><h2 id="facts">${a.facts}</h2></div>
      <div class="panel-body">
        <dl class="facts wide">
          <dt>${a.kind}</dt><dd>${s?.title??t.kind}</dd>
          <dt>${a.nameInAddress}</dt><dd><code>${t.name}</code></dd>
          ${b(s)?c:n`<dt>${a.schedule}</dt><dd>${t.schedule?G(i,t.schedule):q[i.language].never}</dd>`}
          ${r.map(l=>n`<dt>${l.title}</dt><dd>${wt(i.language,t.settings[l.name],l)}</dd>`)}
          <dt>${a.changed}</dt><dd>${a.changedBy(i.locale.moment(t.changedAt),e)}</dd>
        </dl>
      </div>
    </section>`}changed(){u.forget(this.where),this.refresh()}async lookAgain(){await this.refresh(),this.conflict=!0}async toggle(t){await this.doing("toggle",async()=>{const{data:s}=await this.ctx.api.post(`${this.where}/${t.enabled?"disable":"enable"}`);u.forget(this.where),this.data={...this.data,connection:s},this.ctx.say(s.enabled?this.words.enabledNow($(s)):this.words.disabledNow($(s)))})}async run(){await this.doing("run",async()=>{const{data:t}=await this.ctx.api.post(`${this.where}/run`,{},{idempotencyKey:U()});this.ctx.say(this.words.runAllDone(this.ctx.locale.count(t.items.length,this.words.routeForms))),await this.refresh()})}async doing(t,s){if(!this.busy){this.busy=t,this.problem=null,this.conflict=!1;try{await s()}catch(e){this.problem=e}this.busy=""}}};x.styles=[...I.styles,E];P([f()],x.prototype,"problem",2);P([f()],x.prototype,"conflict",2);P([f()],x.prototype,"busy",2);P([F("lms-connection-remove")],x.prototype,"removing",2);x=P([j("lms-connection")],x);function wt(t,s,{choices:e,choiceTitles:a}){if(L(s))return k[t].secretKept(s.lastFour);if(typeof s=="boolean")return k[t].flags[s?"yes":"no"];if(Array.isArray(s))return n`<code>${s.join(", ")}</code>`;if(typeof s=="object"&&s!==null)return Object.entries(s).map(([o,r])=>n`<div><code>${o}: ${String(r)}</code></div>`);const i=String(s);return e?a?.[i]??i:n`<code>${i.length>200?`${i.slice(0,60)}…`:i}</code>`}function vt(t,s){return JSON.stringify([t.enabled,s.map(e=>[e.name,e.enabled])])}export{x as ConnectionView};
