import{P as m,f as b,A as u,b as l,i as p,g as f,a as $,r as g,n as d,d as h,t as v}from"./u2035.js";import{w}from"./plugin-wizard.js";import{t as y}from"./plugin-texts2.js";import"./plugin-live.js";import"./plugin-directive-helpers.js";var S=Object.defineProperty,x=Object.getOwnPropertyDescriptor,c=(t,e,o,i)=>{for(var s=i>1?void 0:i?x(e,o):e,r=t.length-1,a;r>=0;r--)(a=t[r])&&(s=(i?a(e,o,s):a(s))||s);return i&&s&&S(e,o,s),s};function C(t,e,o){const i=o?{confirm:!0}:{};return e==="other"?{sameStore:!1,expected:t.dueAgain,...i}:t.choices.some(s=>s.sameStore&&s.store===e)?{sameStore:!0,store:e,...i}:null}let n=class extends m{constructor(){super(...arguments),this.problem=null,this.details="",this.chosen="",this.sure=!1,this.waiting=!1}get words(){return y[this.ctx.language]}get code(){return this.problem instanceof b?this.problem.code:""}firstUpdated(){this.renderRoot.querySelector("dialog").showModal()}willUpdate(t){(t.has("problem")||t.has("question"))&&(this.waiting=!1)}choose(t){this.chosen=t,this.sure=!1}confirm(){const t=C(this.question,this.chosen,this.sure);!t||this.waiting||(this.waiting=!0,this.dispatchEvent(new CustomEvent("chosen",{detail:t})))}close(){this.renderRoot.querySelector("dialog").close()}render(){const{ctx:t,words:e,question:o}=this,i=o.earlierStores.filter(r=>o.choices.some(a=>a.sameStore&&a.store===r.id)),s=this.code==="integration.store-evidence";return l`<dialog class="dialog" aria-labelledby="store-title" aria-describedby="store-lead" @close=${()=>this.dispatchEvent(new CustomEvent("closed"))}>
      <div class="dialog-head plain-head"><h2 id="store-title">${e.storeTitle}</h2><p id="store-lead">${e.storeLead}</p></div>
      <div class="dialog-body" role="radiogroup" aria-labelledby="store-title">
        ${i.map(r=>this.option(r.id,e.storeSame,l`${e.storeSameText} ${this.storeFacts(r)}`))}
        ${this.option("other",e.storeOther,l`${e.storeOtherText(t.locale.count(o.dueAgain,e.storeStatements))}`)}
        ${this.code==="integration.confirm-counts"?l`<div class="note warn" role="alert">${p("alert")}<p>${e.storeCountsChanged}</p></div>`:s?l`<div class="note warn" role="alert">${p("alert")}
                <div class="stack-s"><p>${this.details}</p>
                  <label class="choice"><input type="checkbox" .checked=${this.sure} @change=${r=>this.sure=r.target.checked} /><span>${e.storeSure}</span></label>
                </div></div>`:this.problem?f(t,this.problem):u}
      </div>
      <div class="dialog-foot">
        <button class="btn" type="button" @click=${()=>this.close()}>${t.kit.cancel}</button>
        <button class="btn primary" type="button" ?disabled=${!this.chosen||s&&!this.sure} aria-busy=${this.waiting?"true":u} @click=${()=>this.confirm()}>
          ${this.waiting?l`<span class="spin" aria-hidden="true"></span>${e.storeConfirming}`:e.storeConfirm}
        </button>
      </div>
    </dialog>`}option(t,e,o){return l`<label class="choice boxed">
      <input type="radio" name="store" value=${t} .checked=${this.chosen===t} @change=${()=>this.choose(t)} />
      <span><b>${e}</b><small>${o}</small></span>
    </label>`}storeFacts(t){const{ctx:e,words:o}=this,{counts:i,evidence:s}=t,r=a=>a?e.locale.day(a):o.storeStillOpen;return l`<span class="mono">${t.endpoint}</span>,
      ${o.storeUsed(r(t.createdAt),r(t.closedAt))}; ${o.storeCounts(e.locale.number(i.accepted),e.locale.number(i.confirmed))}.
      ${s===null?o.storeUnread:s.found>0?o.storeFound(e.locale.number(s.found),e.locale.number(s.asked)):s.missing===s.asked?o.storeNotFound(e.locale.number(s.asked)):o.storeUnread}`}};n.styles=[$,g(w)];c([d({attribute:!1})],n.prototype,"question",2);c([d({attribute:!1})],n.prototype,"problem",2);c([d()],n.prototype,"details",2);c([h()],n.prototype,"chosen",2);c([h()],n.prototype,"sure",2);c([h()],n.prototype,"waiting",2);n=c([v("u2035-store-choice")],n);export{n as U2035StoreChoice,C as wordOf};
