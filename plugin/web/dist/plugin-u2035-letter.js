import{a as v,r as g,n as u,d as h,P as w,o as j,f,A as n,i as c,b as o,g as y,t as x,k as P,l as O}from"./u2035.js";import{c as b,s as C}from"./plugin-clipboard.js";import{w as k,b as _}from"./plugin-wizard.js";import{t as E,a as S}from"./plugin-texts2.js";import"./plugin-live.js";import"./plugin-directive-helpers.js";const F=/^(Организация|Название проекта|Шаг)/;function q(t,s){return t.body.replace(/\n+$/,"").split(`
`).map(r=>({text:r,gap:t.missing.length>0&&/:\s*$/.test(r)&&(s!=="support"||F.test(r))}))}function T(t){return t.missing.length>0&&/,\s*$/.test(t.subject)}var z=Object.defineProperty,B=Object.getOwnPropertyDescriptor,$=(t,s,e,r)=>{for(var i=r>1?void 0:r?B(s,e):s,p=t.length-1,m;p>=0;p--)(m=t[p])&&(i=(r?m(s,e,i):m(i))||i);return r&&i&&z(s,e,i),i};let d=class extends w{constructor(){super(...arguments),this.missing=[],this.told=!1,this.typed={},this.saving="",this.problem=null,this.failedField=""}get words(){return E[this.ctx.language]}titleOf(t){return this.words.facts[t.name]??t.title}async fill(t){const s=t.pointer.slice(1),e=(this.typed[s]??"").trim();if(!e){this.renderRoot.querySelector(`#m-${s}`)?.focus();return}if(this.saving)return;this.saving=s,this.problem=null,this.failedField="";const r=j(this.ctx.organization);try{const i=await this.ctx.api.get(r);await this.ctx.api.put(r,{...i.data,[s]:e},{ifMatch:i.etag}),this.ctx.say(this.words.filled(this.titleOf(t))),this.dispatchEvent(new CustomEvent("filled"))}catch(i){this.problem=i,this.failedField=s,i instanceof f&&i.status===412&&this.dispatchEvent(new CustomEvent("filled"))}finally{this.saving=""}}render(){const{words:t,missing:s}=this,e=s.filter(i=>i.pointer.startsWith("/")),r=s.filter(i=>!i.pointer.startsWith("/"));return o`<div class="note warn">
      ${c("alert")}
      <div class="stack-s">
        <div>
          <h3>${t.isMissing(s.length)}</h3>
          <p>${this.told?n:`${t.missingSpeed} `}${e.length?t.missingFill:n}</p>
        </div>
        ${e.map(i=>this.field(i))}
        ${r.map(i=>o`<p>${t.missingElsewhere(this.titleOf(i),t.places[i.where]??i.where)}</p>`)}
        ${this.outcome()}
      </div>
    </div>`}field(t){const{words:s}=this,e=t.pointer.slice(1),r=this.failedField===e&&this.problem instanceof f?this.problem.field(t.pointer):void 0,i=e.endsWith("Email");return o`<div class="field">
      <label for=${`m-${e}`}>${this.titleOf(t)}</label>
      <div class="input-row">
        <input
          class="input"
          id=${`m-${e}`}
          type=${i?"email":"text"}
          autocomplete=${i?"email":e==="legalName"?"organization":"off"}
          .value=${this.typed[e]??""}
          aria-invalid=${r?"true":n}
          aria-describedby=${r?`m-${e}-err`:n}
          @input=${p=>this.typed={...this.typed,[e]:p.target.value}}
          @keydown=${p=>{p.key==="Enter"&&!p.isComposing&&this.fill(t)}}
        />
        <button class="btn" type="button" aria-label=${`${s.fill}: ${this.titleOf(t)}`} aria-busy=${this.saving===e?"true":n} @click=${()=>void this.fill(t)}>
          ${this.saving===e?s.filling:s.fill}
        </button>
      </div>
      ${r?S(s,{reason:r.reason,fix:r.fix??""},`m-${e}-err`):n}
    </div>`}outcome(){const{problem:t,words:s}=this;if(!t)return n;if(t instanceof f){if(t.status===412)return o`<p role="alert">${s.fillConflict}</p>`;if(t.status===403)return o`<p role="alert">${s.missingMayNot}</p>`;if(t.field(`/${this.failedField}`))return n}return y(this.ctx,t)}};d.styles=[v,g(k)];$([u({attribute:!1})],d.prototype,"missing",2);$([u({type:Boolean})],d.prototype,"told",2);$([h()],d.prototype,"typed",2);$([h()],d.prototype,"saving",2);$([h()],d.prototype,"problem",2);$([h()],d.prototype,"failedField",2);d=$([x("u2035-missing")],d);var M=Object.defineProperty,W=Object.getOwnPropertyDescriptor,l=(t,s,e,r)=>{for(var i=r>1?void 0:r?W(s,e):s,p=t.length-1,m;p>=0;p--)(m=t[p])&&(i=(r?m(s,e,i):m(i))||i);return r&&i&&M(s,e,i),i};let a=class extends w{constructor(){super(...arguments),this.project="",this.kind="",this.check="",this.extras={},this.label="",this.primary=!1,this.letter=null,this.broken=null,this.problem=null,this.copied="",this.sending=!1,this.sent=null}get words(){return E[this.ctx.language]}get asked(){return{...this.extras,check:this.check}}get path(){return`${_(this.ctx.organization,this.project)}/letters/${this.kind}`}willUpdate(t){(t.has("kind")||t.has("check")||t.has("project"))&&(this.letter=null,this.copied="",this.sent=null),(t.has("kind")||t.has("check")||t.has("project")||t.has("extras")||t.has("ctx"))&&this.load()}async load(){try{this.letter=(await this.ctx.api.get(this.path,{query:this.asked})).data,this.broken=null}catch(t){this.broken=t}}async copyTemplate(){this.copied=await b(this.letter.body,this.renderRoot.querySelector(".letter-body")),this.ctx.say(this.copied==="copied"?this.words.templateCopied:this.words.selected),this.dispatchEvent(new CustomEvent("letter-copied"))}async copyPart(t,s){const e=t.currentTarget.closest("dd").querySelector("span");this.ctx.say(await b(s,e)==="copied"?`${this.ctx.kit.copied}: ${s}`:this.words.selected)}async download(){this.problem=null;try{const t=await this.ctx.api.download(this.path,{accept:"message/rfc822",query:this.asked});C(t.blob,t.name),this.dispatchEvent(new CustomEvent("letter-copied"))}catch(t){this.problem=t}}async send(){if(!this.sending){this.sending=!0,this.problem=null;try{this.sent=(await this.ctx.api.post(`${this.path}/send`,{},{idempotencyKey:P(),query:this.asked})).data,this.ctx.say(this.words.sent),this.dispatchEvent(new CustomEvent("letter-sent"))}catch(t){this.problem=t}finally{this.sending=!1}}}render(){if(this.broken)return y(this.ctx,this.broken,()=>void this.load());if(!this.letter)return O(this.ctx);const{ctx:t,words:s,letter:e}=this;return o`<div class="stack">
      ${e.missing.length?o`<u2035-missing .ctx=${t} .missing=${e.missing} .told=${this.kind==="test-access"} @filled=${()=>void this.load()}></u2035-missing>`:n}
      <article class="letter" aria-label=${this.label||s.letterLabel}>
        <dl>
          ${this.line(s.to,e.to,s.copyTo)}
          ${this.line(s.subject,e.subject,s.copySubject,T(e))}
        </dl>
        <div class="letter-body" tabindex="0" aria-label=${this.label||s.letterLabel} role="group">
          ${q(e,this.kind).map((r,i)=>o`${i?o`<br />`:n}${r.text}${r.gap?o`<span class="gap">${s.gap}</span>`:n}`)}
        </div>
      </article>
      <div class="btns acts">
        <button class=${this.primary?"btn primary":"btn"} type="button" @click=${()=>void this.copyTemplate()}>${c("copy")}${s.copyTemplate}</button>
        <button class="btn" type="button" @click=${()=>void this.download()}>${c("down")}${s.downloadEml}</button>
        ${this.sendButton()}
      </div>
      ${this.outcome()}
    </div>`}line(t,s,e,r=!1){return o`<dt>${t}</dt>
      <dd>
        <span>${s}${r?o`<span class="gap">${this.words.gap}</span>`:n}</span>
        <button class="btn quiet icon small" type="button" aria-label=${e} title=${e} @click=${i=>void this.copyPart(i,s)}>${c("copy","s")}</button>
      </dd>`}sendButton(){const{letter:t,words:s}=this;return t?.canSend===void 0?n:o`<button class="btn" type="button" ?disabled=${!t.canSend} aria-busy=${this.sending?"true":n} aria-describedby="send-how" @click=${()=>void this.send()}>
        ${this.sending?o`<span class="spin" aria-hidden="true"></span>${s.sending}`:o`${c("mail")}${s.send}`}
      </button>
      ${t.canSend?n:o`<p class="small muted grow" id="send-how">${s.cannotSend(t.cannotSend??"")}</p>`}`}outcome(){const{ctx:t,words:s,letter:e}=this;return this.problem?y(t,this.problem):this.sent?o`<div class="note ok">${c("okc")}<div><h3>${s.sent}</h3><p>${s.sentText(this.sent.from,this.sent.to,t.locale.moment(this.sent.at))}</p></div></div>`:this.copied==="copied"?o`<div class="note ok">${c("check")}<div><h3>${s.templateCopied}</h3><p>${s.copiedNext}</p>${e?.from?o`<p>${s.fromWhom(e.from)}</p>`:n}</div></div>`:this.copied==="selected"?o`<div class="note now">${c("copy")}<p>${s.selected}</p></div>`:e?.from?o`<p class="small muted">${s.fromWhom(e.from)}</p>`:n}};a.styles=[v,g(k)];l([u()],a.prototype,"project",2);l([u()],a.prototype,"kind",2);l([u()],a.prototype,"check",2);l([u({attribute:!1})],a.prototype,"extras",2);l([u()],a.prototype,"label",2);l([u({type:Boolean})],a.prototype,"primary",2);l([h()],a.prototype,"letter",2);l([h()],a.prototype,"broken",2);l([h()],a.prototype,"problem",2);l([h()],a.prototype,"copied",2);l([h()],a.prototype,"sending",2);l([h()],a.prototype,"sent",2);a=l([x("u2035-letter")],a);export{a as U2035Letter};
