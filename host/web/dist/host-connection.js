import{S as B,F as x,a as l,b as r,j as g,r as N,A as F,t as M,d as _,I as Y,h as A,O as st,P as et,Q as at,R as nt,T as P,U as j,W as H,X as it,Y as ot,V as Z,e as I,_ as rt,J as lt,q as ct,n as J,N as ht}from"./shell.js";import{p as dt}from"./host-session.js";import{a as ut}from"./host-actor.js";import{c as m}from"./host-checks.js";import{a as q,m as E,b as v,n as w,s as pt,r as Q,i as bt,w as $t}from"./host-run-view.js";import{e as G,c as T,f as gt,s as tt,d as mt,g as ft,h as yt,i as vt,a as wt,b as xt,o as kt,j as V}from"./host-shown.js";import{i as K}from"./host-values.js";var Ct=Object.defineProperty,_t=Object.getOwnPropertyDescriptor,U=(t,s,e,a)=>{for(var n=a>1?void 0:a?_t(s,e):s,i=t.length-1,o;i>=0;i--)(o=t[i])&&(n=(a?o(s,e,n):o(n))||n);return a&&n&&Ct(s,e,n),n};let R=class extends B{constructor(){super(...arguments),this.organization="",this.onChange=()=>{const t=m.of(this.where);this.last?.state==="running"&&t&&t.state!=="running"&&this.tell(t),this.last=t,this.requestUpdate()}}get words(){return T[this.ctx.language]}get where(){return q(this.organization,this.connection.name)}willUpdate(t){t.has("connection")&&(this.last=m.of(this.where))}connectedCallback(){super.connectedCallback(),m.addEventListener("change",this.onChange)}disconnectedCallback(){super.disconnectedCallback(),m.removeEventListener("change",this.onChange)}render(){const{words:t,ctx:s}=this,e=m.of(this.where),a=E(s.session,this.organization,"methodist"),n=e&&e.state!=="running"?t.checkedAt(s.locale.exactTime(e.at)):"";return r`<section class="panel" aria-labelledby="check">
      <div class="panel-head">
        <div><h2 id="check">${t.checkTitle}</h2>${n?r`<p class="small muted">${n}</p>`:l}</div>
        <div class="btns">
          ${a?l:r`<span class="small muted grow" id="why">${t.runsMethodist(this.shell.roles.methodist)}</span>`}
          <button class="btn" type="button" aria-disabled=${a?l:"true"} aria-describedby=${a?l:"why"} aria-busy=${e?.state==="running"?"true":l} @click=${()=>a&&void this.check()}>
            ${e?.state==="running"?r`<span class="spin" aria-hidden="true"></span>${t.checking}`:r`${g("refresh")}${t.checkNow}`}
          </button>
        </div>
      </div>
      <div class="panel-body">${this.found(e)}</div>
    </section>`}found(t){const{words:s,ctx:e}=this;return t?t.state==="running"?r`<p class="muted">${s.checkingText}</p>`:t.state==="broken"?N(e,t.error,t.error instanceof F&&t.error.status===403?void 0:()=>void this.check()):t.ok?r`<p><span class="badge ok">${g("okc")}${this.well}</span></p><p class="small muted after-well">${this.unsaid}</p>`:gt(e,t.diagnoses):r`<p class="muted">${v(this.connection.kind)?s.checkNeverBrought:s.checkNever}</p>`}get well(){return v(this.connection.kind)?this.words.checkWellBrought:this.words.checkWell}get unsaid(){const{kind:t,settings:s}=this.connection;if(v(t))return this.words.checkNoteBrought;const e=s.auth!==void 0&&s.auth!=="none";return t==="http"&&e&&!s.checkPath?this.words.checkNoteNoPath:this.words.checkNote}tell(t){const{words:s,ctx:e}=this;t.state==="broken"?e.say(s.checkUnsaid,!0):e.say(t.ok?this.well:s.checkBad(e.locale.count(t.diagnoses.length,s.problems)),!t.ok)}async check(){m.of(this.where)?.state!=="running"&&await m.run(this.ctx.api,this.where)}};R.styles=[...B.styles,G];U([x({attribute:!1})],R.prototype,"organization",2);U([x({attribute:!1})],R.prototype,"connection",2);R=U([M("lms-connection-check")],R);var Ot=Object.defineProperty,zt=Object.getOwnPropertyDescriptor,S=(t,s,e,a)=>{for(var n=a>1?void 0:a?zt(s,e):s,i=t.length-1,o;i>=0;i--)(o=t[i])&&(n=(a?o(s,e,n):o(n))||n);return a&&n&&Ot(s,e,n),n};let k=class extends B{constructor(){super(...arguments),this.organization="",this.connection=null,this.routes=0,this.problem=null,this.busy=!1}get words(){return T[this.ctx.language]}async ask(){this.problem=null,await this.updateComplete,this.box.showModal()}render(){const{words:t,connection:s}=this;if(!s)return r``;const e=(a,n)=>r`<li>${g(a,"s")}<span>${n}</span></li>`;return r`<dialog role="alertdialog" aria-labelledby="h" aria-describedby="t" @cancel=${a=>this.busy&&a.preventDefault()}>
      <div class="dialog-head">
        <span class="sign">${g("alert")}</span>
        <div><h2 id="h">${t.removeTitle(w(s))}</h2><p id="t">${t.removeText}</p></div>
      </div>
      <div class="dialog-body">
        <div class="ledger2">
          <div>
            <h3>${t.goes}</h3>
            <ul class="ticks bad-text">
              ${e("x",t.goesConnection)}
              ${this.routes?e("x",t.goesRoutes(this.ctx.locale.count(this.routes,t.routeForms))):l}
              ${this.routes?e("x",t.goesRuns):l}
              ${Object.values(s.settings).some(K)?e("x",t.goesSecrets):l}
              ${s.kind==="listen"?e("x",t.goesTokens):l}
            </ul>
          </div>
          <div>
            <h3>${t.stays}</h3>
            <ul class="ticks">${e("check",t.staysRecords)}${e("check",t.staysSource)}${e("check",t.staysJournal)}</ul>
          </div>
        </div>
        ${this.problem?N(this.ctx,this.problem):l}
      </div>
      <div class="dialog-foot">
        <button class="btn" type="button" autofocus @click=${()=>this.box.close()}>${this.ctx.kit.cancel}</button>
        <button class="btn danger" type="button" aria-busy=${this.busy?"true":l} @click=${()=>void this.erase(s)}>${t.remove}</button>
      </div>
    </dialog>`}async erase(t){if(!this.busy){this.busy=!0,this.problem=null;try{const s=q(this.organization,t.name);await this.ctx.api.delete(s,{ifMatch:`"${t.revision}"`}),m.forget(s),this.box.close(),this.ctx.say(this.words.removed(w(t))),this.ctx.go(A("org",this.organization,"connections"))}catch(s){s instanceof F&&s.status===412?(this.box.close(),this.dispatchEvent(new CustomEvent("changed-meanwhile"))):this.problem=s}this.busy=!1}}};S([x({attribute:!1})],k.prototype,"organization",2);S([x({attribute:!1})],k.prototype,"connection",2);S([x({attribute:!1})],k.prototype,"routes",2);S([_()],k.prototype,"problem",2);S([_()],k.prototype,"busy",2);S([Y("dialog")],k.prototype,"box",2);k=S([M("lms-connection-remove")],k);const X=(t,s,e)=>{const a=new Map;for(let n=s;n<=e;n++)a.set(t[n],n);return a},Pt=st(class extends et{constructor(t){if(super(t),t.type!==at.CHILD)throw Error("repeat() can only be used in text expressions")}dt(t,s,e){let a;e===void 0?e=s:s!==void 0&&(a=s);const n=[],i=[];let o=0;for(const c of t)n[o]=a?a(c,o):o,i[o]=e(c,o),o++;return{values:i,keys:n}}render(t,s,e){return this.dt(t,s,e).values}update(t,[s,e,a]){const n=nt(t),{values:i,keys:o}=this.dt(s,e,a);if(!Array.isArray(n))return this.ut=o,i;const c=this.ut??=[],u=[];let b,z,h=0,p=n.length-1,d=0,$=i.length-1;for(;h<=p&&d<=$;)if(n[h]===null)h++;else if(n[p]===null)p--;else if(c[h]===o[d])u[d]=P(n[h],i[d]),h++,d++;else if(c[p]===o[$])u[$]=P(n[p],i[$]),p--,$--;else if(c[h]===o[$])u[$]=P(n[h],i[$]),j(t,u[$+1],n[h]),h++,$--;else if(c[p]===o[d])u[d]=P(n[p],i[d]),j(t,n[h],n[p]),p--,d++;else if(b===void 0&&(b=X(o,d,$),z=X(c,h,p)),b.has(c[h]))if(b.has(c[p])){const y=z.get(o[d]),L=y!==void 0?n[y]:null;if(L===null){const W=j(t,n[h]);P(W,i[d]),u[d]=W}else u[d]=P(L,i[d]),j(t,n[h],L),n[y]=null;d++}else H(n[p]),p--;else H(n[h]),h++;for(;d<=$;){const y=j(t,u[$+1]);P(y,i[d]),u[d++]=y}for(;h<=p;){const y=n[h++];y!==null&&H(y)}return this.ut=o,ot(t,u),it}});function St(t,s,e){const a=[...t];return a.splice(e,0,...a.splice(s,1)),a}function Tt(t){return t.flatMap((s,e)=>s.position===e+1?[]:[[s,e+1]])}var jt=Object.defineProperty,At=Object.getOwnPropertyDescriptor,O=(t,s,e,a)=>{for(var n=a>1?void 0:a?At(s,e):s,i=t.length-1,o;i>=0;i--)(o=t[i])&&(n=(a?o(s,e,n):o(n))||n);return a&&n&&jt(s,e,n),n};let f=class extends B{constructor(){super(...arguments),this.organization="",this.routes=[],this.hasSets=!1,this.problem=null,this.conflict=!1,this.busy=""}get words(){return T[this.ctx.language]}get mayChange(){return E(this.ctx.session,this.organization,"organization-admin")}to(...t){return A("org",this.organization,"connections",this.connection.name,...t)}render(){const{words:t}=this;return r`<section class="panel" aria-labelledby="routes">
      <div class="panel-head">
        <div><h2 id="routes">${t.routes}</h2>${this.routes.length>1?r`<p class="small muted">${t.routesLead}</p>`:l}</div>
        ${this.routes.length&&this.mayChange?this.adding():l}
      </div>
      ${this.conflict?r`<div class="panel-body"><div class="note warn" role="alert">${g("alert")}<p>${t.routeChangedMeanwhile}</p></div></div>`:l}
      ${this.problem?r`<div class="panel-body">${N(this.ctx,this.problem)}</div>`:l}
      ${this.routes.length?this.table():r`<div class="empty">${g("split")}<h3>${t.noRoutesTitle}</h3><p>${t.noRoutesText}</p>${this.mayChange?this.adding():r`<p class="small">${t.adminOnly(this.shell.roles["organization-admin"])}</p>`}</div>`}
    </section>`}adding(){return r`<div class="btns">
      ${this.hasSets?r`<a class="btn" href=${this.to("set")}>${this.words.addSet}</a>`:l}
      <a class="btn ${this.routes.length?"":"primary"}" href=${this.to("routes","new")}>${g("plus")}${this.words.addRoute}</a>
    </div>`}table(){const{words:t}=this,s=this.mayChange&&this.routes.length>1;return r`<div class="table-wrap">
      <table class="stackable">
        <thead>
          <tr>
            <th scope="col">${t.route}</th><th scope="col">${t.records}</th>${v(this.connection.kind)?l:r`<th scope="col">${t.schedule}</th>`}<th scope="col">${t.lastRun}</th>
            ${this.mayChange?r`<th scope="col"><span class="sr">${t.action}</span></th>`:l}
          </tr>
        </thead>
        <tbody>${Pt(this.routes,e=>e.name,(e,a)=>this.row(e,a,s))}</tbody>
      </table>
    </div>`}row(t,s,e){const{words:a,ctx:n}=this,i=w(t),o=t.mapping.target??"",c=(u,b)=>{const z=u<0?s===0:s===this.routes.length-1,h=u<0?z?a.isFirst(i):a.up(i):z?a.isLast(i):a.downwards(i);return r`<button class="btn icon ${b}" type="button" id="${b}-${t.name}" aria-label=${h} title=${h} aria-disabled=${z?"true":l} @click=${()=>!z&&void this.move(t,s+u)}>${g("chevd","s")}</button>`};return r`<tr>
      <td>
        <div>
          <a href=${this.to("routes",t.name)}><b>${i}</b></a>
          <small>${[i===t.name?"":t.name,t.fromSet?a.fromSet(t.fromSet):""].filter(Boolean).join(", ")}</small>
          ${t.enabled?l:r`<span class="badge">${g("minus")}${a.routeOff}</span>`}
        </div>
      </td>
      <td data-label=${a.records}>${a.targets[o]??(o||"—")}</td>
      ${v(this.connection.kind)?l:r`<td data-label=${a.schedule}>${t.schedule?tt(n,t.schedule):this.connection.schedule?a.asConnection:r`<span class="faint">${a.byHand}</span>`}</td>`}
      <td data-label=${a.lastRun}>${this.latest(t)}</td>
      ${this.mayChange?r`<td class="act">
            ${e?r`<span class="order">${c(-1,"turn-up")}${c(1,"turn-down")}</span>`:l}
            <button class="btn small" type="button" aria-label="${t.enabled?a.disable:a.enable}: ${i}" aria-busy=${this.busy===t.name?"true":l} @click=${()=>void this.toggle(t)}>${t.enabled?a.disable:a.enable}</button>
          </td>`:l}
    </tr>`}latest(t){const{ctx:s,words:e}=this,a=t.latestRun;if(!a)return r`<span class="faint">${e.never}</span>`;const n=mt(s,a);return r`<div>
      ${pt(s,a)}
      <small><a href=${this.to("routes",t.name,"runs",a.id)}><time datetime=${a.startedAt}>${s.locale.moment(a.startedAt)}</time></a>${n?`, ${n}`:""}</small>
      ${a.diagnoses[0]?r`<p class="state-text small">${ft(a.diagnoses[0])}</p>`:l}
    </div>`}async toggle(t){await this.change(t,async()=>{await this.ctx.api.post(`${Q(this.organization,this.connection.name,t.name)}/${t.enabled?"disable":"enable"}`),this.ctx.say(t.enabled?this.words.routeDisabled(w(t)):this.words.routeEnabled(w(t)))})}async move(t,s){const e=this.routes;await this.change(t,async()=>{const a=St(e,e.indexOf(t),s);this.routes=a;for(const[n,i]of Tt(a))await this.ctx.api.put(Q(this.organization,this.connection.name,n.name),{...n,position:i},{ifMatch:`"${n.revision}"`});this.ctx.say(this.words.moved(w(t),this.words.place(s+1)))}),await this.updateComplete,this.renderRoot.querySelector(`#${s<e.indexOf(t)?"turn-up":"turn-down"}-${CSS.escape(t.name)}`)?.focus()}async change(t,s){if(!this.busy){this.busy=t.name,this.problem=null,this.conflict=!1;try{await s()}catch(e){e instanceof F&&e.status===412?this.conflict=!0:this.problem=e}this.busy="",this.dispatchEvent(new CustomEvent("routes-changed"))}}};f.styles=[...B.styles,G];O([x({attribute:!1})],f.prototype,"organization",2);O([x({attribute:!1})],f.prototype,"connection",2);O([x({attribute:!1})],f.prototype,"routes",2);O([x({attribute:!1})],f.prototype,"hasSets",2);O([_()],f.prototype,"problem",2);O([_()],f.prototype,"conflict",2);O([_()],f.prototype,"busy",2);f=O([M("lms-connection-routes")],f);var Rt=Object.defineProperty,Bt=Object.getOwnPropertyDescriptor,D=(t,s,e,a)=>{for(var n=a>1?void 0:a?Bt(s,e):s,i=t.length-1,o;i>=0;i--)(o=t[i])&&(n=(a?o(s,e,n):o(n))||n);return a&&n&&Rt(s,e,n),n};let C=class extends Z{constructor(){super(...arguments),this.problem=null,this.conflict=!1,this.busy="",this.watching=null}get words(){return T[this.ctx.language]}get where(){return q(this.organization,this.path)}get mayChange(){return E(this.ctx.session,this.organization,"organization-admin")}async load(t){const{api:s}=this.ctx,[{data:e},a,n,i]=await Promise.all([s.get(this.where,{signal:t}),I(s,`${this.where}/routes`,{signal:t}),I(s,"/api/v1/source-kinds",{signal:t}),I(s,"/api/v1/source-sets",{signal:t})]),o=n.find(b=>b.name===e.kind)??null,u=!e.changedBy.includes(":")?await dt(s,e.changedBy):ut(this.ctx.language,e.changedBy);return v(e.kind)&&await rt(()=>import("./host-arrivals.js"),[],import.meta.url),a.some(b=>bt(b.latestRun))&&this.watch(),{connection:e,routes:a,kind:o,hasSets:i.some(b=>b.kind===e.kind),changedBy:u}}async watch(){if(this.watching)return;const t=this.watching=new AbortController;await lt(2e3,t.signal),this.watching=null,!t.signal.aborted&&this.isConnected&&await this.refresh()}disconnectedCallback(){super.disconnectedCallback(),this.watching?.abort(),this.watching=null}wayHere(){return ct(this.words.toList,A("org",this.organization,"connections"),this.heading())}heading(){return this.data?w(this.data.connection):this.path}lead(){if(!this.data)return l;const{connection:t,routes:s,kind:e}=this.data,a=yt(t,s),n=a.state==="well"||a.state==="never"?vt(t,s):!1,i=(e?wt(this.ctx,a):"")||(n?this.words.byHandOnly:""),o=[e?.title??t.kind,$t(t)].filter(Boolean).join(" · "),c=e?xt(this.ctx,t.kind,a):r`<span class="badge bad">${g("excl")}${this.words.kindGone}</span>`;return r`<p class="lead state-line">${c}<span class="what">${o}</span>${i?r`<span class="what">${i}</span>`:l}</p>`}actions(){const{words:t}=this,{connection:s,routes:e,kind:a}=this.data,n=E(this.ctx.session,this.organization,"methodist"),i=kt(s,e),o=n?i?t.obstacles[i]:"":t.runsMethodist(this.shell.roles.methodist);return r`<div class="btns">
      ${this.mayChange?r`<button class="btn" type="button" aria-busy=${this.busy==="toggle"?"true":l} @click=${()=>void this.toggle(s)}>${s.enabled?t.disable:t.enable}</button>
            ${a?r`<a class="btn" href=${A("org",this.organization,"connections",this.path,"edit")}>${t.edit}</a>`:l}`:[s.enabled?t.disable:t.enable,t.edit].map(c=>r`<button class="btn" type="button" aria-disabled="true" aria-describedby="why-admin">${c}</button>`)}
      ${v(s.kind)?l:r`<button class="btn ${e.length?"primary":""}" type="button" aria-disabled=${o?"true":l} aria-describedby=${o?"why-not":l} aria-busy=${this.busy==="run"?"true":l} @click=${()=>!o&&void this.run()}>${g("play")}${t.runAll}</button>
            ${o?r`<span class="small muted" id="why-not">${o}</span>`:l}`}
      ${this.mayChange?l:r`<span class="small muted" id="why-admin">${t.adminOnly(this.shell.roles["organization-admin"])}</span>`}
    </div>`}draw({connection:t,routes:s,kind:e,hasSets:a,changedBy:n}){const{words:i,ctx:o,organization:c}=this;return r`<div class="stack">
      ${this.conflict?r`<div role="alert">${J("alert","warn",V[o.language].conflictTitle,i.changedMeanwhile)}</div>`:l}
      ${this.problem?N(o,this.problem):l}
      ${e?l:J("module","bad",i.kindGone,i.kindGoneText(t.kind))}
      <lms-connection-check .ctx=${o} .organization=${c} .connection=${t}></lms-connection-check>
      <lms-connection-routes .ctx=${o} .organization=${c} .connection=${t} .routes=${s} .hasSets=${a} @routes-changed=${()=>this.changed()}></lms-connection-routes>
      ${v(t.kind)?r`<lms-arrivals .ctx=${o} .organization=${c} .connection=${t.name} .changes=${Et(t,s)} @arrived=${()=>void this.refresh()}></lms-arrivals>`:l}
      ${this.facts(t,e,n)}
      <div class="btns">
        <a class="btn" href=${A("org",c,"connections",t.name,"log")}>${g("list")}${i.log}</a>
        ${this.mayChange?r`<button class="btn danger-quiet" type="button" @click=${()=>void this.removing.ask()}>${i.remove}</button>`:r`<button class="btn" type="button" aria-disabled="true" aria-describedby="why-admin">${i.remove}</button>`}
      </div>
      <lms-connection-remove .ctx=${o} .organization=${c} .connection=${t} .routes=${s.length} @changed-meanwhile=${()=>void this.lookAgain()}></lms-connection-remove>
    </div>`}facts(t,s,e){const{words:a,ctx:n}=this,o=(s?.connection??Object.keys(t.settings).map(c=>({name:c,title:c,type:"text",choices:void 0}))).filter(({name:c,type:u})=>u==="secret"?K(t.settings[c]):t.settings[c]!==void 0);return r`<section class="panel" aria-labelledby="facts">
      <div class="panel-head"><h2 id="facts">${a.facts}</h2></div>
      <div class="panel-body">
        <dl class="facts wide">
          <dt>${a.kind}</dt><dd>${s?.title??t.kind}</dd>
          <dt>${a.nameInAddress}</dt><dd><code>${t.name}</code></dd>
          ${v(t.kind)?l:r`<dt>${a.schedule}</dt><dd>${t.schedule?tt(n,t.schedule):V[n.language].rhythms.never}</dd>`}
          ${o.map(c=>r`<dt>${c.title}</dt><dd>${Dt(n.language,t.settings[c.name],!!c.choices)}</dd>`)}
          <dt>${a.changed}</dt><dd>${a.changedBy(n.locale.moment(t.changedAt),e)}</dd>
        </dl>
      </div>
    </section>`}changed(){m.forget(this.where),this.refresh()}async lookAgain(){await this.refresh(),this.conflict=!0}async toggle(t){await this.doing("toggle",async()=>{const{data:s}=await this.ctx.api.post(`${this.where}/${t.enabled?"disable":"enable"}`);m.forget(this.where),this.data={...this.data,connection:s},this.ctx.say(s.enabled?this.words.enabledNow(w(s)):this.words.disabledNow(w(s)))})}async run(){await this.doing("run",async()=>{const{data:t}=await this.ctx.api.post(`${this.where}/run`,{},{idempotencyKey:ht()});this.ctx.say(this.words.runAllDone(this.ctx.locale.count(t.items.length,this.words.routeForms))),await this.refresh()})}async doing(t,s){if(!this.busy){this.busy=t,this.problem=null,this.conflict=!1;try{await s()}catch(e){this.problem=e}this.busy=""}}};C.styles=[...Z.styles,G];D([_()],C.prototype,"problem",2);D([_()],C.prototype,"conflict",2);D([_()],C.prototype,"busy",2);D([Y("lms-connection-remove")],C.prototype,"removing",2);C=D([M("lms-connection")],C);function Dt(t,s,e){if(K(s))return T[t].secretKept(s.lastFour);if(typeof s=="boolean")return T[t].flags[s?"yes":"no"];if(Array.isArray(s))return r`<code>${s.join(", ")}</code>`;if(typeof s=="object"&&s!==null)return Object.entries(s).map(([n,i])=>r`<div><code>${n}: ${String(i)}</code></div>`);const a=String(s);return e?V[t].choices[a]??a:r`<code>${a.length>200?`${a.slice(0,60)}…`:a}</code>`}function Et(t,s){return JSON.stringify([t.enabled,s.map(e=>[e.name,e.enabled])])}const qt=Object.freeze(Object.defineProperty({__proto__:null,get ConnectionView(){return C}},Symbol.toStringTag,{value:"Module"}));export{qt as a,Pt as c};
/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */
