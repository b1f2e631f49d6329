import{A as r,i as d,b as i,a as y,r as w,c as D,n as g,d as u,P as x,t as k,e as j,o as E,f as S,g as m,l as A,_}from"./u2035.js";import{w as O,i as R,I as b,c as T,a as U}from"./plugin-wizard.js";import{l as C}from"./plugin-later.js";import{r as I}from"./plugin-role.js";import{s as q,b as B,f as L,t as P}from"./plugin-texts.js";function M(t,e){return[1,2,3,4].map(s=>{const a=e?.stages[s-1];return a?a.state==="failed"?"fail":a.state==="done"?"done":a.state==="open"?"now":"":s>t.stage?"":s<t.stage||t.status==="active"?"done":t.status==="data-error"?"fail":"now"})}function N(t){return t.stages.find(e=>e.state==="failed")??t.stages[Math.max(0,t.opened-1)]}function F(t,e,s){const{ctx:a,words:n}=t,o=`card-${e.project}`;return i`<article class="card" aria-labelledby=${o}>
    <div class="card-top">
      <span class="glyph">${d(H(e.project),"l")}</span>
      <div class="head-main">
        <h2 id=${o}>${e.title}</h2>
        ${e.contour?i`<p class="small faint">${e.contour==="test"?n.testContour:n.productionContour}</p>`:r}
      </div>
      ${e.canDisconnect?i`<u2035-gear
            .ctx=${a} .card=${e} .wizard=${s}
            @act=${l=>t.act(e,l.detail)}
          ></u2035-gear>`:r}
    </div>
    <div>${q(e)}</div>
    ${e.status==="active"?K(t,e,s):V(t,e,s)}
    ${J(t,e)}
  </article>`}function H(t){return/bas/i.test(t)?"drone":/cod|kb/i.test(t)?"code":"brief"}function f(t){return t.warning?i`<div class="note bad">${d("alert")}<p>${t.warning}</p></div>`:r}function K({words:t},e,s){const a=s?.credentials.storage;return i`<div class="stack-s">
    ${f(e)}
    ${s?i`<dl class="facts">
          <dt>${t.endpoint}</dt><dd class="mono">${s.endpoints.production.address||"—"}</dd>
          <dt>${t.basic}</dt><dd class="mono">•••• ${s.credentials.productionBasic?.lastFour??"—"}</dd>
          <dt>${t.storage}</dt>
          <dd class=${a?"mono":""}>${a?[a.storageUrl.replace(/\/+$/,""),a.bucket].filter(Boolean).join("/"):t.noStorage}</dd>
        </dl>`:r}
  </div>`}function V(t,e,s){const{words:a}=t,n=i`<span class="quarters" aria-hidden="true">${M(e,s).map(l=>i`<i class=${l}></i>`)}</span>`;if(e.status==="not-done")return i`<div class="track-line">${f(e)}${n}<p class="muted">${a.early}</p></div>`;if(!s)return i`<div class="track-line">${f(e)}${n}</div>`;const o=N(s);return i`<div class="track-line">
    ${f(e)} ${n}
    <p class="between"><b class="strong">${a.atStage(o.number,B(o.title))}</b><span class="faint">${G(t,s,o)}</span></p>
    ${W(t,s,o)}
  </div>`}function G({ctx:t},e,s){const a=e.lastCheck;return a&&a.stage===s.number&&a.finishedAt?t.locale.moment(a.finishedAt):""}function W({words:t},e,s){if(e.runningCheck)return i`<p class="muted small">${t.checkRuns}</p>`;const a=s.state==="failed"&&e.lastCheck?.stage===s.number?L(e.lastCheck):void 0;return a?i`<p class="small"><span class="bad-text strong">${v(a.cause)}</span> <span class="muted">${v(a.fix)}</span></p>`:s.reminder?.due?i`<p class="small warn-text">${t.reminderDue}</p>`:s.canCheck!==void 0&&s.canContinue?i`<p class="muted small">${t.todoConfirm(s.continueText??"")}</p>`:i`<p class="muted small">${t.todo[s.number]}</p>`}function v(t){return!t||/[.!?…]$/.test(t)?t:`${t}.`}function J(t,e){const{words:s}=t;if(e.status==="active")return i`<div class="card-foot"><button class="btn small" type="button" aria-label=${s.scopeOf(e.title)} @click=${()=>t.scope(e)}>${s.scope}</button></div>`;if(e.status==="not-done")return i`<div class="card-foot">
      <span class="small faint">${s.fourStages}</span>
      <button class="btn whole" type="button" aria-label=${s.startOf(e.title)} aria-busy=${t.busy===e.project?"true":r} @click=${()=>t.open(e)}>${s.start}${d("right")}</button>
    </div>`;const a=e.status==="data-error";return i`<div class="card-foot">
    <span></span>
    <button class="btn primary whole" type="button" aria-label=${a?s.mendOf(e.title):s.continueOf(e.title)} @click=${()=>t.enter(e)}>${a?s.mend:s.continue}${d("right")}</button>
  </div>`}var Q=Object.defineProperty,X=Object.getOwnPropertyDescriptor,$=(t,e,s,a)=>{for(var n=a>1?void 0:a?X(e,s):e,o=t.length-1,l;o>=0;o--)(l=t[o])&&(n=(a?l(e,s,n):l(n))||n);return a&&n&&Q(e,s,n),n};let h=class extends x{constructor(){super(...arguments),this.open=!1,this.outside=t=>{t.composedPath().includes(this)||this.toggle(!1)}}get words(){return P[this.ctx.language]}get button(){return this.renderRoot.querySelector(".gear")}get items(){return[...this.renderRoot.querySelectorAll('[role="menuitem"]')]}disconnectedCallback(){super.disconnectedCallback(),document.removeEventListener("pointerdown",this.outside)}toggle(t){this.open=t,t?document.addEventListener("pointerdown",this.outside):document.removeEventListener("pointerdown",this.outside)}async openOn(t){this.toggle(!0),await this.updateComplete,this.items.at(t)?.focus()}choose(t,e=!0){e&&(this.button.focus(),this.toggle(!1),this.dispatchEvent(new CustomEvent("act",{detail:t})))}keys(t){const{items:e}=this,s=e.indexOf(this.shadowRoot.activeElement),a={ArrowDown:(s+1)%e.length,ArrowUp:(s-1+e.length)%e.length,Home:0,End:e.length-1}[t.key];a!==void 0?(t.preventDefault(),e[a]?.focus()):(t.key==="Escape"||t.key==="Tab")&&(t.key==="Escape"&&t.preventDefault(),this.button.focus(),this.toggle(!1))}render(){const{words:t,card:e}=this,s=e.status==="active";return i`<button
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
        ${d("gear")}${s?i`<span class="excl" aria-hidden="true">!</span>`:r}
      </button>
      ${s?i`<span class="sr" id="gear-hint">${e.hint}</span>`:r}
      ${this.open?i`<div class="menu" @keydown=${a=>this.keys(a)}>
            ${s&&e.hint?i`<p class="menu-hint">${d("excl")}<span>${e.hint}</span></p>`:r}
            <ul role="menu" aria-label=${t.actions(e.title)}>
              ${s?i`<li role="none">${this.replaceItem()}</li>`:r}
              <li role="none">
                <button type="button" role="menuitem" class="bad" tabindex="-1" @click=${()=>this.choose("disconnect")}>
                  ${d("plug")}<b>${t.disconnect}</b><small>${t.disconnectText}</small>
                </button>
              </li>
            </ul>
          </div>`:r}`}replaceItem(){const{words:t,wizard:e}=this,s=e?.canReplaceKey===!0;return i`<button type="button" role="menuitem" tabindex="-1" aria-disabled=${s?r:"true"} @click=${()=>this.choose("replace",s)}>
      ${d("key")}<b>${t.replace}</b><small>${s?t.replaceText:e?t.replaceOff:t.replaceUnknown}</small>
    </button>`}};h.styles=[y,w(O),D`:host { container: none; flex: none; }`];$([g({attribute:!1})],h.prototype,"card",2);$([g({attribute:!1})],h.prototype,"wizard",2);$([u()],h.prototype,"open",2);h=$([k("u2035-gear")],h);var Y=Object.defineProperty,Z=Object.getOwnPropertyDescriptor,p=(t,e,s,a)=>{for(var n=a>1?void 0:a?Z(e,s):e,o=t.length-1,l;o>=0;o--)(l=t[o])&&(n=(a?l(e,s,n):l(n))||n);return a&&n&&Y(e,s,n),n};const z=C(()=>_(()=>import("./plugin-u2035-disconnect.js"),[],import.meta.url)),tt=C(()=>_(()=>import("./plugin-u2035-replace.js"),[],import.meta.url));let c=class extends x{constructor(){super(...arguments),this.moved=!1,this.cards=null,this.details=new Map,this.facts=null,this.broken=null,this.problem=null,this.conflict=!1,this.busy="",this.acting=null}get words(){return P[this.ctx.language]}willUpdate(t){t.has("ctx")&&this.load()}firstUpdated(){this.moved&&this.renderRoot.querySelector("h1")?.focus()}async load(){this.broken=null;try{const t=await j(this.ctx.api,R(this.ctx.organization));this.cards=t,t.length||(this.facts=(await this.ctx.api.get(E(this.ctx.organization))).data),await Promise.all(t.filter(e=>e.status!=="not-done").map(e=>this.loadDetails(e.project)))}catch(t){this.broken=t}}async loadDetails(t){try{const{data:e}=await new b(this.ctx.api,this.ctx.organization,t).read();this.details=new Map(this.details).set(t,e)}catch{}}open(t){this.busy||(this.busy=t.project,this.problem=null,this.conflict=!1,new b(this.ctx.api,this.ctx.organization,t.project).open(t.version).then(()=>this.enter(t)).catch(async e=>{const s=T(e);if(U(s)&&s.opened>0)return this.enter(t);e instanceof S&&e.status===412?this.conflict=!0:this.problem=e,await this.load()}).finally(()=>this.busy=""))}enter(t){this.ctx.go(t.project)}scope(t){this.ctx.go(`${t.project}/scope`)}act(t,e){this.acting={card:t,what:e}}async acted(t){t&&this.ctx.say(t),await this.load()}render(){const{ctx:t,words:e,cards:s}=this;return i`<div class="page-head">
        <div class="head-main">
          <h1 tabindex="-1">${e.title}</h1>
          <p class="lead">${e.leadBefore}<strong>${e.leadStrong}</strong>.</p>
        </div>
      </div>
      ${this.problem?i`<div class="above">${m(t,this.problem)}</div>`:r}
      ${this.conflict?i`<div class="note warn above" role="alert">${d("users")}<p>${e.changedMeanwhile}</p></div>`:r}
      ${this.broken?m(t,this.broken,()=>void this.load(),I[t.language]):s?s.length?this.list(s):this.empty():A(t)} ${this.dialog()}`}list(t){const{words:e}=this;return i`${t.some(s=>s.status==="active")?r:i`<div class="note warn above">${d("alert")}<div><p class="strong warn-text">${e.nothingSentTitle}</p><p>${e.nothingSent}</p></div></div>`}
      <div class="cards">${t.map(s=>F(this,s,this.details.get(s.project)))}</div>
      <p class="small faint footnote">${e.notListed}</p>`}empty(){const{words:t,facts:e}=this,s=e&&(e.tariff==="individual"||e.tariff==="professional");return i`<section class="panel empty">
      ${d("plug")}
      <h2>${t.emptyTitle}</h2>
      <p>${t.nothingSent}</p>
      ${e?e.projects.length===0?i`<p>${t.emptyNoProject}</p>`:i`<p>${t.emptyNoFlag} ${s?r:t.emptyTariff(t.tariffs[e.tariff]??e.tariff)}</p>`:r}
    </section>`}dialog(){if(!this.acting)return r;const{card:t,what:e}=this.acting,s=()=>this.acting=null;return e==="disconnect"?z(this,()=>i`<u2035-disconnect
        .ctx=${this.ctx} .card=${t} .canReplace=${this.details.get(t.project)?.canReplaceKey===!0}
        @disconnected=${()=>void this.acted(this.words.disconnected(t.title))}
        @changed=${()=>void this.load()}
        @replace=${()=>this.acting={card:t,what:"replace"}}
        @closed=${s}
      ></u2035-disconnect>`):tt(this,()=>i`<u2035-replace .ctx=${this.ctx} .card=${t} @replaced=${()=>void this.acted("")} @closed=${s}></u2035-replace>`)}};c.styles=[y,w(O)];p([g({type:Boolean})],c.prototype,"moved",2);p([u()],c.prototype,"cards",2);p([u()],c.prototype,"details",2);p([u()],c.prototype,"facts",2);p([u()],c.prototype,"broken",2);p([u()],c.prototype,"problem",2);p([u()],c.prototype,"conflict",2);p([u()],c.prototype,"busy",2);p([u()],c.prototype,"acting",2);c=p([k("u2035-cards")],c);export{c as U2035Cards};
