import{A as r,i as l,b as i,a as w,r as x,n as g,c as d,P as k,o as P,d as _,f as y,t as O,e as A,g as q,l as T}from"./u2035.js";import{w as C,I as m,c as E,i as R,a as U}from"./plugin-wizard.js";import{r as B}from"./plugin-role.js";import{s as L,b as M,f as I,t as j}from"./plugin-texts.js";import"./plugin-u2035-replace.js";import"./plugin-texts2.js";import"./plugin-live.js";import"./plugin-directive-helpers.js";function K(t,e){return[1,2,3,4].map(s=>{const a=e?.stages[s-1];return a?a.state==="failed"?"fail":a.state==="done"?"done":a.state==="open"?"now":"":s>t.stage?"":s<t.stage||t.status==="active"?"done":t.status==="data-error"?"fail":"now"})}function N(t){return t.stages.find(e=>e.state==="failed")??t.stages[Math.max(0,t.opened-1)]}function F(t,e,s){const{ctx:a,words:n}=t,o=`card-${e.project}`;return i`<article class="card" aria-labelledby=${o}>
    <div class="card-top">
      <span class="glyph">${l(H(e.project),"l")}</span>
      <div class="head-main">
        <h2 id=${o}>${e.title}</h2>
        ${e.contour?i`<p class="small faint">${e.contour==="test"?n.testContour:n.productionContour}</p>`:r}
      </div>
      ${e.canDisconnect?i`<u2035-gear
            .ctx=${a} .card=${e} .wizard=${s}
            @act=${c=>t.act(e,c.detail)}
          ></u2035-gear>`:r}
    </div>
    <div>${L(e)}</div>
    ${e.status==="active"?W(t,e,s):G(t,e,s)}
    ${V(t,e)}
  </article>`}function H(t){return/bas/i.test(t)?"drone":/cod|kb/i.test(t)?"code":"brief"}function b(t){return t.warning?i`<div class="note bad">${l("alert")}<p>${t.warning}</p></div>`:r}function W({words:t},e,s){const a=s?.credentials.storage;return i`<div class="stack-s">
    ${b(e)}
    ${s?i`<dl class="facts">
          <dt>${t.endpoint}</dt><dd class="mono">${s.endpoints.production.address||"—"}</dd>
          <dt>${t.basic}</dt><dd class="mono">•••• ${s.credentials.productionBasic?.lastFour??"—"}</dd>
          <dt>${t.storage}</dt>
          <dd class=${a?"mono":""}>${a?[a.storageUrl.replace(/\/+$/,""),a.bucket].filter(Boolean).join("/"):t.noStorage}</dd>
        </dl>`:r}
  </div>`}function G(t,e,s){const{words:a}=t,n=i`<span class="quarters" aria-hidden="true">${K(e,s).map(c=>i`<i class=${c}></i>`)}</span>`;if(e.status==="not-done")return i`<div class="track-line">${b(e)}${n}<p class="muted">${a.early}</p></div>`;if(!s)return i`<div class="track-line">${b(e)}${n}</div>`;const o=N(s);return i`<div class="track-line">
    ${b(e)} ${n}
    <p class="between"><b class="strong">${a.atStage(o.number,M(o.title))}</b><span class="faint">${J(t,s,o)}</span></p>
    ${Q(t,s,o)}
  </div>`}function J({ctx:t},e,s){const a=e.lastCheck;return a&&a.stage===s.number&&a.finishedAt?t.locale.moment(a.finishedAt):""}function Q({words:t},e,s){if(e.runningCheck)return i`<p class="muted small">${t.checkRuns}</p>`;const a=s.state==="failed"&&e.lastCheck?.stage===s.number?I(e.lastCheck):void 0;return a?i`<p class="small"><span class="bad-text strong">${D(a.cause)}</span> <span class="muted">${D(a.fix)}</span></p>`:s.reminder?.due?i`<p class="small warn-text">${t.reminderDue}</p>`:s.canCheck!==void 0&&s.canContinue?i`<p class="muted small">${t.todoConfirm(s.continueText??"")}</p>`:i`<p class="muted small">${t.todo[s.number]}</p>`}function D(t){return!t||/[.!?…]$/.test(t)?t:`${t}.`}function V(t,e){const{words:s}=t;if(e.status==="active")return i`<div class="card-foot"><button class="btn small" type="button" aria-label=${s.scopeOf(e.title)} @click=${()=>t.scope(e)}>${s.scope}</button></div>`;if(e.status==="not-done")return i`<div class="card-foot">
      <span class="small faint">${s.fourStages}</span>
      <button class="btn whole" type="button" aria-label=${s.startOf(e.title)} aria-busy=${t.busy===e.project?"true":r} @click=${()=>t.open(e)}>${s.start}${l("right")}</button>
    </div>`;const a=e.status==="data-error";return i`<div class="card-foot">
    <span></span>
    <button class="btn primary whole" type="button" aria-label=${a?s.mendOf(e.title):s.continueOf(e.title)} @click=${()=>t.enter(e)}>${a?s.mend:s.continue}${l("right")}</button>
  </div>`}var X=Object.defineProperty,Y=Object.getOwnPropertyDescriptor,f=(t,e,s,a)=>{for(var n=a>1?void 0:a?Y(e,s):e,o=t.length-1,c;o>=0;o--)(c=t[o])&&(n=(a?c(e,s,n):c(n))||n);return a&&n&&X(e,s,n),n};let h=class extends k{constructor(){super(...arguments),this.canReplace=!1,this.counts=null,this.busy=!1,this.problem=null,this.conflict=!1,this.version=0,this.wantsReplace=!1}get words(){return j[this.ctx.language]}get dialog(){return this.renderRoot.querySelector("dialog")}firstUpdated(){this.version=this.card.version,this.dialog.showModal(),this.renderRoot.querySelector(".cancel").focus(),this.count()}async count(){const t=`${P(this.ctx.organization)}/u2035/stores`;try{const{data:e}=await this.ctx.api.get(t,{query:{project:this.card.project}});this.counts=e.items.find(s=>s.closedAt===null)?.counts??null}catch{}}async disconnect(){if(!this.busy){this.busy=!0,this.problem=null,this.conflict=!1;try{await new m(this.ctx.api,this.ctx.organization,this.card.project).disconnect(this.version),this.dialog.close(),this.dispatchEvent(new CustomEvent("disconnected"))}catch(t){const e=E(t);t instanceof _&&t.status===412&&R(e)?(this.version=e.version,this.conflict=!0,this.dispatchEvent(new CustomEvent("changed"))):this.problem=t}finally{this.busy=!1}}}render(){const{ctx:t,words:e,card:s,counts:a}=this,n=c=>t.locale.count(c,e.records),o=(c,S)=>i`<li>${l(c,"s")}<span>${S}</span></li>`;return i`<dialog
      class="dialog"
      role="alertdialog"
      aria-labelledby="off-title"
      aria-describedby="off-lead"
      @close=${()=>this.dispatchEvent(new CustomEvent(this.wantsReplace?"replace":"closed"))}
    >
      <div class="dialog-head"><span class="sign">${l("alert","l")}</span><div><h2 id="off-title">${e.disconnectTitle(s.title)}</h2><p id="off-lead">${e.disconnectLead}</p></div></div>
      <div class="dialog-body">
        <div class="ledger2">
          <div><h3 class="bad-text">${e.goes}</h3><ul class="ticks goes">${e.goesList.map(c=>o("x",c))}</ul></div>
          <div>
            <h3 class="ok-text">${e.stays}</h3>
            <ul class="ticks stays">
              ${o("check",e.staysDelivered)}
              ${o("check",a?e.staysWaiting(n(a.waiting),n(a.quarantined)):e.staysQueue)}
              ${o("check",e.staysJournal)}
            </ul>
          </div>
        </div>
        <p class="small muted">${e.nightStops}</p>
        ${this.canReplace?i`<div class="note now">${l("key")}<p>${e.onlyKey} <button class="as-link" type="button" @click=${()=>this.replace()}>${e.onlyKeyDo}</button>: ${e.onlyKeyText}</p></div>`:r}
        ${this.conflict?i`<div class="note warn" role="alert">${l("users")}<p>${e.changedMeanwhile}</p></div>`:r}
        ${this.problem?y(t,this.problem):r}
      </div>
      <div class="dialog-foot">
        <button class="btn cancel" type="button" @click=${()=>this.dialog.close()}>${t.kit.cancel}</button>
        <button class="btn danger" type="button" aria-busy=${this.busy?"true":r} @click=${()=>void this.disconnect()}>${this.busy?e.disconnecting:e.disconnect}</button>
      </div>
    </dialog>`}replace(){this.wantsReplace=!0,this.dialog.close()}};h.styles=[w,x(C)];f([g({attribute:!1})],h.prototype,"card",2);f([g({type:Boolean})],h.prototype,"canReplace",2);f([d()],h.prototype,"counts",2);f([d()],h.prototype,"busy",2);f([d()],h.prototype,"problem",2);f([d()],h.prototype,"conflict",2);h=f([O("u2035-disconnect")],h);var Z=Object.defineProperty,z=Object.getOwnPropertyDescriptor,v=(t,e,s,a)=>{for(var n=a>1?void 0:a?z(e,s):e,o=t.length-1,c;o>=0;o--)(c=t[o])&&(n=(a?c(e,s,n):c(n))||n);return a&&n&&Z(e,s,n),n};let $=class extends k{constructor(){super(...arguments),this.open=!1,this.outside=t=>{t.composedPath().includes(this)||this.toggle(!1)}}get words(){return j[this.ctx.language]}get button(){return this.renderRoot.querySelector(".gear")}get items(){return[...this.renderRoot.querySelectorAll('[role="menuitem"]')]}disconnectedCallback(){super.disconnectedCallback(),document.removeEventListener("pointerdown",this.outside)}toggle(t){this.open=t,t?document.addEventListener("pointerdown",this.outside):document.removeEventListener("pointerdown",this.outside)}async openOn(t){this.toggle(!0),await this.updateComplete,this.items.at(t)?.focus()}choose(t,e=!0){e&&(this.button.focus(),this.toggle(!1),this.dispatchEvent(new CustomEvent("act",{detail:t})))}keys(t){const{items:e}=this,s=e.indexOf(this.shadowRoot.activeElement),a={ArrowDown:(s+1)%e.length,ArrowUp:(s-1+e.length)%e.length,Home:0,End:e.length-1}[t.key];a!==void 0?(t.preventDefault(),e[a]?.focus()):(t.key==="Escape"||t.key==="Tab")&&(t.key==="Escape"&&t.preventDefault(),this.button.focus(),this.toggle(!1))}render(){const{words:t,card:e}=this,s=e.status==="active";return i`<button
        class=${this.open?"btn icon gear open":"btn icon gear"}
        type="button"
        aria-haspopup="menu"
        aria-expanded=${this.open?"true":"false"}
        aria-label=${s?t.gearHint(e.title):t.gear(e.title)}
        aria-describedby=${s?"gear-hint":r}
        title=${s?e.hint??r:r}
        @click=${()=>this.open?this.toggle(!1):void this.openOn(0)}
        @keydown=${a=>{a.key!=="ArrowDown"&&a.key!=="ArrowUp"||(a.preventDefault(),this.openOn(a.key==="ArrowDown"?0:-1))}}
      >
        ${l("gear")}${s?i`<span class="excl" aria-hidden="true">!</span>`:r}
      </button>
      ${s?i`<span class="sr" id="gear-hint">${e.hint}</span>`:r}
      ${this.open?i`<div class="menu" @keydown=${a=>this.keys(a)}>
            ${s&&e.hint?i`<p class="menu-hint">${l("excl")}<span>${e.hint}</span></p>`:r}
            <ul role="menu" aria-label=${t.actions(e.title)}>
              ${s?i`<li role="none">${this.replaceItem()}</li>`:r}
              <li role="none">
                <button type="button" role="menuitem" class="bad" tabindex="-1" @click=${()=>this.choose("disconnect")}>
                  ${l("plug")}<b>${t.disconnect}</b><small>${t.disconnectText}</small>
                </button>
              </li>
            </ul>
          </div>`:r}`}replaceItem(){const{words:t,wizard:e}=this,s=e?.canReplaceKey===!0;return i`<button type="button" role="menuitem" tabindex="-1" aria-disabled=${s?r:"true"} @click=${()=>this.choose("replace",s)}>
      ${l("key")}<b>${t.replace}</b><small>${s?t.replaceText:e?t.replaceOff:t.replaceUnknown}</small>
    </button>`}};$.styles=[w,x(C),A`:host { container: none; flex: none; }`];v([g({attribute:!1})],$.prototype,"card",2);v([g({attribute:!1})],$.prototype,"wizard",2);v([d()],$.prototype,"open",2);$=v([O("u2035-gear")],$);var tt=Object.defineProperty,et=Object.getOwnPropertyDescriptor,u=(t,e,s,a)=>{for(var n=a>1?void 0:a?et(e,s):e,o=t.length-1,c;o>=0;o--)(c=t[o])&&(n=(a?c(e,s,n):c(n))||n);return a&&n&&tt(e,s,n),n};let p=class extends k{constructor(){super(...arguments),this.moved=!1,this.cards=null,this.details=new Map,this.facts=null,this.broken=null,this.problem=null,this.conflict=!1,this.busy="",this.acting=null}get words(){return j[this.ctx.language]}willUpdate(t){t.has("ctx")&&this.load()}firstUpdated(){this.moved&&this.renderRoot.querySelector("h1")?.focus()}async load(){this.broken=null;try{const t=await q(this.ctx.api,U(this.ctx.organization));this.cards=t,t.length||(this.facts=(await this.ctx.api.get(P(this.ctx.organization))).data),await Promise.all(t.filter(e=>e.status!=="not-done").map(e=>this.loadDetails(e.project)))}catch(t){this.broken=t}}async loadDetails(t){try{const{data:e}=await new m(this.ctx.api,this.ctx.organization,t).read();this.details=new Map(this.details).set(t,e)}catch{}}open(t){this.busy||(this.busy=t.project,this.problem=null,this.conflict=!1,new m(this.ctx.api,this.ctx.organization,t.project).open(t.version).then(()=>this.enter(t)).catch(async e=>{const s=E(e);if(R(s)&&s.opened>0)return this.enter(t);e instanceof _&&e.status===412?this.conflict=!0:this.problem=e,await this.load()}).finally(()=>this.busy=""))}enter(t){this.ctx.go(t.project)}scope(t){this.ctx.go(`${t.project}/scope`)}act(t,e){this.acting={card:t,what:e}}async acted(t){t&&this.ctx.say(t),await this.load()}render(){const{ctx:t,words:e,cards:s}=this;return i`<div class="page-head">
        <div class="head-main">
          <h1 tabindex="-1">${e.title}</h1>
          <p class="lead">${e.leadBefore}<strong>${e.leadStrong}</strong>.</p>
        </div>
      </div>
      ${this.problem?i`<div class="above">${y(t,this.problem)}</div>`:r}
      ${this.conflict?i`<div class="note warn above" role="alert">${l("users")}<p>${e.changedMeanwhile}</p></div>`:r}
      ${this.broken?y(t,this.broken,()=>void this.load(),B[t.language]):s?s.length?this.list(s):this.empty():T(t)} ${this.dialog()}`}list(t){const{words:e}=this;return i`${t.some(s=>s.status==="active")?r:i`<div class="note warn above">${l("alert")}<div><p class="strong warn-text">${e.nothingSentTitle}</p><p>${e.nothingSent}</p></div></div>`}
      <div class="cards">${t.map(s=>F(this,s,this.details.get(s.project)))}</div>
      <p class="small faint footnote">${e.notListed}</p>`}empty(){const{words:t,facts:e}=this,s=e&&(e.tariff==="individual"||e.tariff==="professional");return i`<section class="panel empty">
      ${l("plug")}
      <h2>${t.emptyTitle}</h2>
      <p>${t.nothingSent}</p>
      ${e?e.projects.length===0?i`<p>${t.emptyNoProject}</p>`:i`<p>${t.emptyNoFlag} ${s?r:t.emptyTariff(t.tariffs[e.tariff]??e.tariff)}</p>`:r}
    </section>`}dialog(){if(!this.acting)return r;const{card:t,what:e}=this.acting,s=()=>this.acting=null;return e==="disconnect"?i`<u2035-disconnect
        .ctx=${this.ctx} .card=${t} .canReplace=${this.details.get(t.project)?.canReplaceKey===!0}
        @disconnected=${()=>void this.acted(this.words.disconnected(t.title))}
        @changed=${()=>void this.load()}
        @replace=${()=>this.acting={card:t,what:"replace"}}
        @closed=${s}
      ></u2035-disconnect>`:i`<u2035-replace .ctx=${this.ctx} .card=${t} @replaced=${()=>void this.acted("")} @closed=${s}></u2035-replace>`}};p.styles=[w,x(C)];u([g({type:Boolean})],p.prototype,"moved",2);u([d()],p.prototype,"cards",2);u([d()],p.prototype,"details",2);u([d()],p.prototype,"facts",2);u([d()],p.prototype,"broken",2);u([d()],p.prototype,"problem",2);u([d()],p.prototype,"conflict",2);u([d()],p.prototype,"busy",2);u([d()],p.prototype,"acting",2);p=u([O("u2035-cards")],p);export{p as U2035Cards};
