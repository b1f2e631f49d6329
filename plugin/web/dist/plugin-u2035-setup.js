import{b as n,A as o,i as d,a as _,r as F,n as m,c,P as z,o as ht,d as x,f as S,t as I,h as Y,l as N,w as pt}from"./u2035.js";import{w as P,b as Z,I as ut,c as G,i as Q,r as ft}from"./plugin-role.js";import{j as tt,k as et,d as $t,l as bt,w as st,p as V,m as L,n as D,o as it,h as J,q as H,i as T,r as at,u as M,f as K,c as nt,g as W,v as mt,x as yt,y as vt,b as R,t as U,z as wt,e as gt,A as X,a as kt,s as xt}from"./plugin-texts.js";import{c as A,s as St}from"./plugin-clipboard.js";import{l as Ot,a as Ct}from"./plugin-learners.js";import"./plugin-directive-helpers.js";function Lt(t){const e=[];let s=[];const a=()=>{s.length&&e.push(n`<ul class="lead dashes">${s.map(i=>n`<li>${i}</li>`)}</ul>`),s=[]};for(const i of t.split(`
`))/^[–-]\s/.test(i)?s.push(i.slice(2)):(a(),i.trim()&&e.push(n`<p class="lead">${i}</p>`));return a(),e}function rt(t,e){const{why:s}=t.words,a=e.continueText??"";switch(tt(t.wizard,e.number)){case"ready":return"";case"running":return s.running;case"locked":return s.locked;case"passed":return s.passed(a);case"unchecked":return s.unchecked(a)}}function ot(t,e,s,a=o){const i=tt(t.wizard,e.number)==="ready",r=t.busy==="continue";return n`<button
    class=${s?"btn primary":"btn"}
    id="continue-button"
    type="button"
    ?disabled=${!i}
    aria-disabled=${r?"true":o}
    aria-busy=${r?"true":o}
    aria-describedby="why-continue"
    @click=${()=>t.continueStage(e.number)}
  >
    ${r?n`<span class="spin" aria-hidden="true"></span>`:o}${e.continueText}${a}
  </button>`}function lt(t){const{ctx:e,words:s,wizard:a}=t;if(!a.guid)return o;const i=async r=>{const l=r.currentTarget.parentElement.querySelector("code");e.say(await A(a.guid,l)==="copied"?`${e.kit.copied}: guid`:s.selected)};return n`<dl class="guid">
    <dt>${s.guid}</dt>
    <dd>
      <code>${a.guid}</code>
      <button class="btn small" type="button" aria-label=${s.copyGuid} @click=${i}>${d("copy","s")}${s.copyGuid}</button>
    </dd>
  </dl>`}function Tt(t,e){const{words:s,wizard:a}=t,i=e.number,r=a.runningCheck?.stage===i,l=E(t,i);return n`<div class="stage-body">
      ${et(a,i,t.draftOf(i))?Et(t,i):qt(t,e)}
      <div class="stack-s">
        <div class="btns">${_t(t,e)}</div>
        ${r||E(t,i)?o:n`<p class="small muted">${s.noData}</p>`}
      </div>
      ${l?n`${Ft(t,i)}
          ${$t({ctx:t.ctx,words:s,check:l,withStorage:bt(l,a)||r&&i===4&&st(a,t.draftOf(4)),now:t.now})}
          ${r?n`<p class="small muted">${s.closeAllowed}</p>`:o}
          ${l.state==="failed"?t.disclosure(`support-${l.id}`,s.supportLetter,()=>n`<u2035-letter
                .ctx=${t.ctx} .project=${t.project} .kind=${"support"} .check=${l.id} .label=${s.supportLetter}
              ></u2035-letter>`):o}`:o}
      ${i===2?n`${lt(t)}${zt(t)}`:o}
    </div>
    <div class="stage-foot">
      <p id="why-continue">${rt(t,e)||s.ready[i]}</p>
      ${ot(t,e,V(a,i,!1)==="continue",i===4?d("check"):o)}
    </div>`}function E(t,e){const{check:s}=t;return s&&s.stage===e&&s.purpose==="stage"?s:null}function jt(t,e){return{words:t.words,draft:t.draftOf(e),stored:s=>yt(t.wizard,e,s),storedEnd:s=>s==="basic"&&ct(t,e)?void 0:mt(t.wizard,e,s),faults:t.faultsOf(e),revealed:t.revealed,locked:!!t.wizard.runningCheck||t.busy==="check",input:(s,a)=>t.input(e,s,a),reveal:s=>t.reveal(s),setMode:s=>t.setMode(e,s),submit:()=>t.startCheck(e)}}function ct(t,e){return it(t.wizard,e)&&M(t.wizard,e,t.draftOf(e)).body.endpoint!==void 0}function qt(t,e){const{words:s,wizard:a}=t,i=e.number,r=jt(t,i),l=it(a,i),h=Object.values(t.draftOf(i).values).some(Boolean),u=ct(t,i)?s.basicForAddress:!l&&e.tried&&!h?s.tried(e.tried.lastFour):"",p=l?n`<div class="note">
        ${d("lock")}
        <div>
          <p>${i===4?s.changeSome:s.changeBasic}</p>
          <div class="btns"><button class="btn small" type="button" ?disabled=${r.locked} @click=${()=>t.keepSaved(i)}>${s.keepSaved}</button></div>
        </div>
      </div>`:o;return i===2?n`${p}${J(r,s.basicLabel[2],u)}`:n`${p}
    <fieldset>
      <legend class="group-title">${s.firstLetter} <small>${s.firstLetterNote}</small></legend>
      <div class="stack">
        ${H(a)?T(r,{name:"endpoint",hint:s.endpointHint,placeholder:"https://"}):o}
        ${J(r,s.basicLabel[4],u)}
      </div>
    </fieldset>
    ${At(t,r)}`}function At(t,e){const{words:s,wizard:a}=t;if(a.s3==="none")return n`<p class="small muted">${s.storageNone}</p>`;const i=K(E(t,4))?.choices??[];return n`<fieldset>
    <legend class="group-title">${s.secondLetter} <small>${s.secondLetterNote}</small></legend>
    ${a.s3==="optional"?n`<p class="hint optional" role="status">${a.credentials.storage&&!st(a,t.draftOf(4))?s.storageEmptied:s.storageOptional}</p>`:o}
    <div class="fields">
      ${T(e,{name:"userId"})} ${T(e,{name:"accessKeyId"})}
      ${T(e,{name:"secretKey",secret:!0,wide:!0})}
      ${T(e,{name:"storageUrl",wide:!0,hint:s.urlHint,placeholder:"https://"})}
      ${T(e,{name:"bucket",wide:!0,hint:s.bucketHint,below:i.length?n`<div class="btns" role="group" aria-label=${s.chooseBucket}>
              ${i.map(r=>n`<button class="btn small" type="button" @click=${()=>e.input("bucket",r)}>${s.useBucket(r)}</button>`)}
            </div>`:o})}
    </div>
  </fieldset>`}function Et(t,e){const{words:s,wizard:a}=t,{testBasic:i,productionBasic:r,storage:l}=a.credentials,h=p=>a.runningCheck?null:()=>t.edit(e,p),u=L(s,{id:"s-basic",label:s.basicLabel[e],value:D((e===2?i:r)?.lastFour??""),edit:h("basic")});return e===2?u:n`<fieldset>
      <legend class="group-title">${s.firstLetter} <small>${s.firstLetterNote}</small></legend>
      ${u}
    </fieldset>
    ${l?n`<fieldset>
          <legend class="group-title">${s.secondLetter} <small>${s.secondLetterNote}</small></legend>
          <div class="fields">
            ${L(s,{id:"s-user",label:s.fieldNames.userId,value:l.userId,edit:h("userId")})}
            ${L(s,{id:"s-access",label:s.fieldNames.accessKeyId,value:D(l.accessKeyId),edit:h("accessKeyId")})}
            ${L(s,{id:"s-secret",label:s.fieldNames.secretKey,value:D(l.secretKey?.lastFour??""),wide:!0,edit:h("secretKey")})}
            ${L(s,{id:"s-url",label:s.fieldLabels.storageUrl,value:l.storageUrl,wide:!0,edit:h("storageUrl")})}
            ${l.bucket?L(s,{id:"s-bucket",label:s.fieldLabels.bucket,value:l.bucket,wide:!0,edit:h("bucket")}):o}
          </div>
        </fieldset>`:a.s3==="none"?n`<p class="small muted">${s.storageNone}</p>`:o}`}function _t(t,e){const{ctx:s,words:a,wizard:i}=t,r=e.number,l=t.draftOf(r),h=at(i,r,l),u=i.runningCheck?.stage===r||t.busy==="check",p=E(t,r),j=u?"":h==="running"?a.checkElsewhere:h==="saved"?p?.state==="passed"&&p.finishedAt?a.checkSaved(s.locale.moment(p.finishedAt)):a.checkSavedNever:h==="empty"?a.checkEmpty(M(i,r,l).missing.map(q=>q==="basic"?a.basicLabel[r]:a.fieldNames[q]??a.fieldLabels[q]).join(", ")):h==="unchanged"?a.checkUnchanged:"";return n`<button
      class=${V(i,r,!1)==="check"&&h==="ready"&&!u?"btn primary":"btn"}
      id="check-button"
      type="button"
      ?disabled=${!u&&h!=="ready"}
      aria-busy=${u?"true":o}
      aria-disabled=${u?"true":o}
      aria-describedby=${j?"why-check":o}
      @click=${()=>t.startCheck(r)}
    >
      ${u?n`<span class="spin" aria-hidden="true"></span>${a.checking}`:e.checkText}
    </button>
    ${j?n`<p class="small muted grow" id="why-check">${j}</p>`:o}`}function Ft(t,e){const s=E(t,e),a=K(s);if(!s||!a)return o;const{words:i,wizard:r}=t,l=t.draftOf(e).mode==="pair";return!et(r,e,t.draftOf(e))&&nt(a,{pair:l,endpoint:e===4&&H(r)}).length>0?o:W(i,{title:i.failedStep(a.title||a.name),observed:a.observed,reason:a.cause,fix:a.fix},"check-fault")}function zt(t){const{words:e}=t;return n`<section class="part" aria-labelledby="package-title">
    <h3 id="package-title">${e.package}</h3>
    <p class="small muted">${e.packageLead}</p>
    ${t.wizard.credentials.testBasic?t.disclosure("package",e.packageSend,()=>n`<u2035-package .ctx=${t.ctx} .project=${t.project}></u2035-package>`):n`<p class="small muted">${e.packageNeedsCheck}</p>`}
  </section>`}function It(t,e){const{ctx:s,words:a,wizard:i}=t,r=e.number,l=!!e.reminder,h=V(i,r,l),u=(p,j,q)=>n`<u2035-letter
      .ctx=${s}
      .project=${t.project}
      .kind=${p}
      .primary=${j}
      .label=${q}
      @letter-copied=${()=>t.letterCopied(p)}
      @letter-sent=${()=>t.letterSent()}
    ></u2035-letter>`;return n`<div class="stage-body">
      ${Pt(t,e)}
      ${r===3?lt(t):o}
      ${u(e.letter??"test-access",h==="letter",a.letterLabel)}
      ${e.storageLetter?t.disclosure(`letter-${e.storageLetter}`,a.noStorageAccess,()=>u(e.storageLetter,!1,a.storageLetterLabel)):o}
    </div>
    <div class="stage-foot">
      <p id="why-continue">${rt(t,e)||a.letterFoot}</p>
      ${ot(t,e,h==="continue",d("right"))}
    </div>`}function Pt(t,e){const{reminder:s}=e;if(!s||e.state==="done")return o;const{ctx:a,words:i}=t,r=a.locale.day(s.copiedAt);return s.due?n`<div class="note warn" role="status">
    ${d("clock")}
    <div><h3>${i.reminderTitle}</h3><p>${i.reminderText(r)}</p></div>
  </div>`:n`<p class="small muted">${i.letterCopiedOn(r,a.locale.day(s.remindAt))}</p>`}function dt(t,e=!1){return e?"now":t.state==="locked"?"locked":t.state==="failed"?"fail":t.state==="done"?"done":t.canCheck!==void 0&&t.canContinue?"passed":"now"}const Ut={locked:"lock",fail:"excl",done:"check",passed:"check",now:"half"};function Bt(t,e,s){return s.state==="locked"?t.opensAfter(s.number-1):e.runningCheck?.stage===s.number?t.checkRuns:dt(s)==="passed"?`${s.statusText}, ${t.checkPassed}`:s.statusText}function Nt(t,e,s){const a=[s.openedAt?t.stageOpened(e.day(s.openedAt)):"",s.passedAt?t.stagePassed(e.moment(s.passedAt),s.passedBy??""):""].filter(Boolean);return a.length>0?n`<p class="small muted">${a.join(". ")}.</p>`:o}function Kt(t,e,s,a,i){return n`<div class="stepper" role="radiogroup" aria-label=${t.stages}>
    <ol role="presentation">
      ${s.stages.map(r=>{const l=dt(r,s.runningCheck?.stage===r.number),h=a===r.number;return n`<li class=${h?`${l} here`:l} role="presentation">
          <label class="step">
            <input type="radio" name="stage" value=${r.number} .checked=${vt(h)} ?disabled=${!r.canSelect} @change=${()=>i(r.number)} />
            <b><span class="full">${r.number}. ${R(r.title)}</span><span class="short" aria-hidden="true">${t.short[r.number-1]}</span></b>
            <span class="state">${d(Ut[l])}<span>${Bt(t,s,r)}</span></span>
            ${r.state==="done"&&r.passedAt?n`<small class="when">${[e.day(r.passedAt),r.passedBy].filter(Boolean).join(", ")}</small>`:o}
          </label>
        </li>`})}
    </ol>
  </div>`}const Dt=/^(Организация|Название проекта|Шаг)/;function Rt(t,e){return t.body.replace(/\n+$/,"").split(`
`).map(a=>({text:a,gap:t.missing.length>0&&/:\s*$/.test(a)&&(e!=="support"||Dt.test(a))}))}function Vt(t){return t.missing.length>0&&/,\s*$/.test(t.subject)}var Ht=Object.defineProperty,Mt=Object.getOwnPropertyDescriptor,O=(t,e,s,a)=>{for(var i=a>1?void 0:a?Mt(e,s):e,r=t.length-1,l;r>=0;r--)(l=t[r])&&(i=(a?l(e,s,i):l(i))||i);return a&&i&&Ht(e,s,i),i};let g=class extends z{constructor(){super(...arguments),this.missing=[],this.told=!1,this.typed={},this.saving="",this.problem=null,this.failedField=""}get words(){return U[this.ctx.language]}titleOf(t){return this.words.facts[t.name]??t.title}async fill(t){const e=t.pointer.slice(1),s=(this.typed[e]??"").trim();if(!s){this.renderRoot.querySelector(`#m-${e}`)?.focus();return}if(this.saving)return;this.saving=e,this.problem=null,this.failedField="";const a=ht(this.ctx.organization);try{const i=await this.ctx.api.get(a);await this.ctx.api.put(a,{...i.data,[e]:s},{ifMatch:i.etag}),this.ctx.say(this.words.filled(this.titleOf(t))),this.dispatchEvent(new CustomEvent("filled"))}catch(i){this.problem=i,this.failedField=e,i instanceof x&&i.status===412&&this.dispatchEvent(new CustomEvent("filled"))}finally{this.saving=""}}render(){const{words:t,missing:e}=this,s=e.filter(i=>i.pointer.startsWith("/")),a=e.filter(i=>!i.pointer.startsWith("/"));return n`<div class="note warn">
      ${d("alert")}
      <div class="stack-s">
        <div>
          <h3>${t.isMissing(e.length)}</h3>
          <p>${this.told?o:`${t.missingSpeed} `}${s.length?t.missingFill:o}</p>
        </div>
        ${s.map(i=>this.field(i))}
        ${a.map(i=>n`<p>${t.missingElsewhere(this.titleOf(i),t.places[i.where]??i.where)}</p>`)}
        ${this.outcome()}
      </div>
    </div>`}field(t){const{words:e}=this,s=t.pointer.slice(1),a=this.failedField===s&&this.problem instanceof x?this.problem.field(t.pointer):void 0,i=s.endsWith("Email");return n`<div class="field">
      <label for=${`m-${s}`}>${this.titleOf(t)}</label>
      <div class="input-row">
        <input
          class="input"
          id=${`m-${s}`}
          type=${i?"email":"text"}
          autocomplete=${i?"email":s==="legalName"?"organization":"off"}
          .value=${this.typed[s]??""}
          aria-invalid=${a?"true":o}
          aria-describedby=${a?`m-${s}-err`:o}
          @input=${r=>this.typed={...this.typed,[s]:r.target.value}}
          @keydown=${r=>{r.key==="Enter"&&!r.isComposing&&this.fill(t)}}
        />
        <button class="btn" type="button" aria-label=${`${e.fill}: ${this.titleOf(t)}`} aria-busy=${this.saving===s?"true":o} @click=${()=>void this.fill(t)}>
          ${this.saving===s?e.filling:e.fill}
        </button>
      </div>
      ${a?W(e,{reason:a.reason,fix:a.fix??""},`m-${s}-err`):o}
    </div>`}outcome(){const{problem:t,words:e}=this;if(!t)return o;if(t instanceof x){if(t.status===412)return n`<p role="alert">${e.fillConflict}</p>`;if(t.status===403)return n`<p role="alert">${e.missingMayNot}</p>`;if(t.field(`/${this.failedField}`))return o}return S(this.ctx,t)}};g.styles=[_,F(P)];O([m({attribute:!1})],g.prototype,"missing",2);O([m({type:Boolean})],g.prototype,"told",2);O([c()],g.prototype,"typed",2);O([c()],g.prototype,"saving",2);O([c()],g.prototype,"problem",2);O([c()],g.prototype,"failedField",2);g=O([I("u2035-missing")],g);var Wt=Object.defineProperty,Gt=Object.getOwnPropertyDescriptor,v=(t,e,s,a)=>{for(var i=a>1?void 0:a?Gt(e,s):e,r=t.length-1,l;r>=0;r--)(l=t[r])&&(i=(a?l(e,s,i):l(i))||i);return a&&i&&Wt(e,s,i),i};let b=class extends z{constructor(){super(...arguments),this.project="",this.kind="",this.check="",this.label="",this.primary=!1,this.letter=null,this.broken=null,this.problem=null,this.copied="",this.sending=!1,this.sent=null}get words(){return U[this.ctx.language]}get path(){return`${Z(this.ctx.organization,this.project)}/letters/${this.kind}`}willUpdate(t){(t.has("kind")||t.has("check")||t.has("project"))&&(this.letter=null,this.copied="",this.sent=null),(t.has("kind")||t.has("check")||t.has("project")||t.has("ctx"))&&this.load()}async load(){try{this.letter=(await this.ctx.api.get(this.path,{query:{check:this.check}})).data,this.broken=null}catch(t){this.broken=t}}async copyTemplate(){this.copied=await A(this.letter.body,this.renderRoot.querySelector(".letter-body")),this.ctx.say(this.copied==="copied"?this.words.templateCopied:this.words.selected),this.dispatchEvent(new CustomEvent("letter-copied"))}async copyPart(t,e){const s=t.currentTarget.closest("dd").querySelector("span");this.ctx.say(await A(e,s)==="copied"?`${this.ctx.kit.copied}: ${e}`:this.words.selected)}async download(){this.problem=null;try{const t=await this.ctx.api.download(this.path,{accept:"message/rfc822",query:{check:this.check}});St(t.blob,t.name),this.dispatchEvent(new CustomEvent("letter-copied"))}catch(t){this.problem=t}}async send(){if(!this.sending){this.sending=!0,this.problem=null;try{this.sent=(await this.ctx.api.post(`${this.path}/send`,{},{idempotencyKey:Y(),query:{check:this.check}})).data,this.ctx.say(this.words.sent),this.dispatchEvent(new CustomEvent("letter-sent"))}catch(t){this.problem=t}finally{this.sending=!1}}}render(){if(this.broken)return S(this.ctx,this.broken,()=>void this.load());if(!this.letter)return N(this.ctx);const{ctx:t,words:e,letter:s}=this;return n`<div class="stack">
      ${s.missing.length?n`<u2035-missing .ctx=${t} .missing=${s.missing} .told=${this.kind==="test-access"} @filled=${()=>void this.load()}></u2035-missing>`:o}
      <article class="letter" aria-label=${this.label||e.letterLabel}>
        <dl>
          ${this.line(e.to,s.to,e.copyTo)}
          ${this.line(e.subject,s.subject,e.copySubject,Vt(s))}
        </dl>
        <div class="letter-body" tabindex="0" aria-label=${this.label||e.letterLabel} role="group">
          ${Rt(s,this.kind).map((a,i)=>n`${i?n`<br />`:o}${a.text}${a.gap?n`<span class="gap">${e.gap}</span>`:o}`)}
        </div>
      </article>
      <div class="btns acts">
        <button class=${this.primary?"btn primary":"btn"} type="button" @click=${()=>void this.copyTemplate()}>${d("copy")}${e.copyTemplate}</button>
        <button class="btn" type="button" @click=${()=>void this.download()}>${d("down")}${e.downloadEml}</button>
        ${this.sendButton()}
      </div>
      ${this.outcome()}
    </div>`}line(t,e,s,a=!1){return n`<dt>${t}</dt>
      <dd>
        <span>${e}${a?n`<span class="gap">${this.words.gap}</span>`:o}</span>
        <button class="btn quiet icon small" type="button" aria-label=${s} title=${s} @click=${i=>void this.copyPart(i,e)}>${d("copy","s")}</button>
      </dd>`}sendButton(){const{letter:t,words:e}=this;return t?.canSend===void 0?o:n`<button class="btn" type="button" ?disabled=${!t.canSend} aria-busy=${this.sending?"true":o} aria-describedby="send-how" @click=${()=>void this.send()}>
        ${this.sending?n`<span class="spin" aria-hidden="true"></span>${e.sending}`:n`${d("mail")}${e.send}`}
      </button>
      ${t.canSend?o:n`<p class="small muted grow" id="send-how">${e.cannotSend(t.cannotSend??"")}</p>`}`}outcome(){const{ctx:t,words:e,letter:s}=this;return this.problem?S(t,this.problem):this.sent?n`<div class="note ok">${d("okc")}<div><h3>${e.sent}</h3><p>${e.sentText(this.sent.from,this.sent.to,t.locale.moment(this.sent.at))}</p></div></div>`:this.copied==="copied"?n`<div class="note ok">${d("check")}<div><h3>${e.templateCopied}</h3><p>${e.copiedNext}</p>${s?.from?n`<p>${e.fromWhom(s.from)}</p>`:o}</div></div>`:this.copied==="selected"?n`<div class="note now">${d("copy")}<p>${e.selected}</p></div>`:s?.from?n`<p class="small muted">${e.fromWhom(s.from)}</p>`:o}};b.styles=[_,F(P)];v([m()],b.prototype,"project",2);v([m()],b.prototype,"kind",2);v([m()],b.prototype,"check",2);v([m()],b.prototype,"label",2);v([m({type:Boolean})],b.prototype,"primary",2);v([c()],b.prototype,"letter",2);v([c()],b.prototype,"broken",2);v([c()],b.prototype,"problem",2);v([c()],b.prototype,"copied",2);v([c()],b.prototype,"sending",2);v([c()],b.prototype,"sent",2);b=v([I("u2035-letter")],b);const B=20;function Qt(t){const e={accepted:0,all:0,refused:0};for(const s of t.kinds??[])e.accepted+=s.accepted,e.refused+=s.refused,e.all+=s.statements;return e}function Jt(t,e,s,a,i){const r=s.state==="running"||s.state==="voiding",l=Qt(s),h=(s.statements??[]).filter(p=>p.state==="refused"),u=s.unsent??[];return n`<section class="check-box" aria-labelledby="report-title">
    <header>
      <h4 id="report-title" tabindex="-1">${e.report}, ${t.locale.moment(s.createdAt)}</h4>
      ${r?n`<span class="small muted with-spin"><span class="spin" aria-hidden="true"></span>${a}</span>`:wt(s.state==="done"||s.state==="voided"?"ok":"warn",s.state==="done"||s.state==="voided"?"okc":"excl",a)}
    </header>
    <div class="report stack-s">
      <p>unti_id <span class="mono">${s.untiId}</span>. <b class="strong">${e.totals(t.locale.number(l.accepted),t.locale.number(l.all))}</b></p>
      ${s.message?n`<p class="warn-text">${s.message}</p>`:o}
      ${s.kinds?.length?n`<div class="table-wrap" tabindex="0" role="group" aria-label=${e.report}>
            <table>
              <thead><tr><th scope="col">${e.kind}</th><th scope="col" class="r">${e.statements}</th><th scope="col" class="r">${e.accepted}</th><th scope="col" class="r">${e.refused}</th></tr></thead>
              <tbody>
                ${s.kinds.map(p=>n`<tr><th scope="row" class="mono">${p.kind.replaceAll(".",".​")}</th><td class="r num">${t.locale.number(p.statements)}</td><td class="r num">${t.locale.number(p.accepted)}</td><td class="r num">${t.locale.number(p.refused)}</td></tr>`)}
              </tbody>
            </table>
          </div>`:o}
      ${h.length?n`<div>
            <h5>${e.refusals}</h5>
            <ul class="faults">
              ${h.slice(0,B).map(p=>n`<li><b>${p.kind}</b> <span>${p.message}</span>${p.errorId?n` <span class="caption">errorId <code>${p.errorId}</code></span>`:o}</li>`)}
            </ul>
          </div>`:o}
      ${u.length?n`<div>
            <h5>${e.unsent(u.length)}</h5>
            <ul class="faults">
              ${u.slice(0,B).map(p=>n`<li><b>${p.kind}</b> <span>${p.reason}</span> <span class="muted">${p.fix}</span></li>`)}
            </ul>
            ${u.length>B?n`<p class="small muted">${e.unsentMore(u.length-B)}</p>`:o}
          </div>`:o}
      ${s.text?n`<details class="more">
              <summary>${d("chev","s")}${e.text}</summary>
              <pre class="raw report-text" tabindex="0">${s.text}</pre>
            </details>
            <div class="btns">
              <button class="btn" type="button" @click=${()=>void Xt(t,s,i.root)}>${d("copy")}${e.copy}</button>
              ${!r&&l.accepted>0&&s.state!=="voided"?n`<button class="btn danger-quiet" type="button" aria-expanded=${i.asksVoid?"true":"false"} @click=${()=>i.ask(!i.asksVoid)}>${e.void}</button>`:o}
            </div>`:o}
      ${i.asksVoid?n`<div class="note warn" role="group" aria-label=${e.voidAsk}>
            ${d("alert")}
            <div>
              <h5>${e.voidAsk}</h5>
              <p>${e.voidText}</p>
              <div class="btns">
                <button class="btn small" type="button" @click=${()=>i.ask(!1)}>${t.kit.cancel}</button>
                <button class="btn danger small" type="button" @click=${i.doVoid}>${e.voidDo}</button>
              </div>
            </div>
          </div>`:o}
    </div>
  </section>`}async function Xt(t,e,s){const a=s.querySelector(".report-text"),i=a?.closest("details");if(await A(e.text??"",null)==="copied"){t.say(t.kit.copied);return}i&&(i.open=!0),await A(e.text??"",a),t.say(t.kit.copyByHand)}const Yt={testOnly:"Отправляется только в тестовый контур и только с тестовыми unti_id.",flow:"Поток",noFlows:"В этом проекте ещё нет потоков: пакет составлять не из чего.",learner:"Слушатель",chooseLearner:"Выберите слушателя",noLearners:"В этом потоке ещё нет слушателей.",noTestId:"нет тестового unti_id",manyLearners:t=>`Показаны первые ${t} слушателей потока.`,methodist:"unti_id методиста в тестовом контуре",methodistHint:"Без него структура программы в пакет не войдёт.",storage:"Хранилище S3 тестового контура",storageHint:"Необязательно. Без него виды записей с файлами попадут в отчёт как неотправленные. Данные используются один раз и не сохраняются.",send:"Отправить полный пакет",sending:"Отправляем…",earlier:"Отправленные раньше",open:t=>`Показать отчёт: ${t}`,report:"Отчёт",kind:"Вид",statements:"Записей",accepted:"Принято",refused:"Отклонено",totals:(t,e)=>`Принято ${t} из ${e}`,unsent:t=>`Не отправлено: ${t}`,unsentMore:t=>`И ещё ${t}: все перечислены в отчёте.`,refusals:"Отклонённые записи",text:"Текст отчёта",copy:"Скопировать отчёт",void:"Аннулировать в тестовом контуре",voidAsk:"Аннулировать отправленное?",voidText:"Мы отправим в тестовый контур записи об аннулировании. У следующего пакета будут новые номера записей.",voidDo:"Аннулировать",states:{}},Zt={testOnly:"It goes to the test contour only, with test unti_ids only.",flow:"Flow",noFlows:"This project has no flows yet: there is nothing to make a package of.",learner:"Learner",chooseLearner:"Choose a learner",noLearners:"This flow has no learners yet.",noTestId:"no test unti_id",manyLearners:t=>`The first ${t} learners of the flow are shown.`,methodist:"The methodist’s unti_id of the test contour",methodistHint:"Without it the programme’s structure isn’t part of the package.",storage:"S3 storage of the test contour",storageHint:"Optional. Without it kinds with files are reported as not sent. The data are used once and not kept.",send:"Send the full package",sending:"Sending…",earlier:"Sent before",open:t=>`Show the report: ${t}`,report:"Report",kind:"Kind",statements:"Statements",accepted:"Accepted",refused:"Refused",totals:(t,e)=>`Accepted ${t} of ${e}`,unsent:t=>`Not sent: ${t}`,unsentMore:t=>`And ${t} more: all of them stand in the report.`,refusals:"Refused statements",text:"Text of the report",copy:"Copy the report",void:"Void in the test contour",voidAsk:"Void what was sent?",voidText:"Voiding statements go to the test contour. The next package has statement ids of its own.",voidDo:"Void",states:{running:"being sent",done:"sent and accepted as a whole",incomplete:"not sent as a whole",failed:"not sent",voiding:"being voided",voided:"voided","void-incomplete":"not voided as a whole"}},te={ru:Yt,en:Zt};var ee=Object.defineProperty,se=Object.getOwnPropertyDescriptor,w=(t,e,s,a)=>{for(var i=a>1?void 0:a?se(e,s):e,r=t.length-1,l;r>=0;r--)(l=t[r])&&(i=(a?l(e,s,i):l(i))||i);return a&&i&&ee(e,s,i),i};let y=class extends z{constructor(){super(...arguments),this.project="",this.flows=null,this.learners=null,this.earlier=[],this.shown=null,this.typed={},this.busy=!1,this.broken=null,this.problem=null,this.asksVoid=!1,this.abort=new AbortController}get words(){return te[this.ctx.language]}get setup(){return U[this.ctx.language]}get path(){return Z(this.ctx.organization,this.project)}disconnectedCallback(){super.disconnectedCallback(),this.abort.abort(),this.abort=new AbortController}willUpdate(t){t.has("project")&&this.load()}async load(){this.broken=null;try{const[t,e]=await Promise.all([this.ctx.api.get(`${this.path}/scope`),this.ctx.api.get(`${this.path}/full-packages`,{query:{limit:10}})]);this.flows=t.data.known,this.earlier=e.data.items;const s=this.earlier.find(a=>a.state==="running"||a.state==="voiding");s&&this.follow(s.id),this.flows.length&&await this.chooseFlow(this.flows[0].flow)}catch(t){this.broken=t}}async chooseFlow(t){this.typed={...this.typed,flow:t,learner:""},this.learners=null;try{const e=await Ot(this.ctx.api,this.ctx.organization,t);this.typed.flow===t&&(this.learners=e)}catch(e){this.broken=e}}async send(){if(this.busy||!this.typed.learner)return;this.busy=!0,this.problem=null;const{flow:t,learner:e,methodistTestUntiId:s,storageUrl:a,bucket:i,accessKeyId:r,secretKey:l}=this.typed,h=a||r||l?{storageUrl:a,accessKeyId:r,secretKey:l,...i?{bucket:i}:{}}:void 0;try{const u=await this.ctx.api.post(`${this.path}/stages/2/full-package`,{flow:Number(t),learner:Number(e),...s?.trim()?{methodistTestUntiId:s.trim()}:{},storage:h},{idempotencyKey:Y()});this.typed={...this.typed,secretKey:""},this.shown=u.data,await this.follow(u.data.id)}catch(u){this.problem=u}finally{this.busy=!1}}async follow(t){const{signal:e}=this.abort,s=a=>a.state!=="running"&&a.state!=="voiding";await this.ctx.api.follow(`${this.path}/full-packages/${t}`,{state:a=>this.shown=a,isFinal:s,signal:e}),!e.aborted&&(this.shown&&this.ctx.say(`${this.setup.package}: ${this.stateText(this.shown)}`),this.earlier=(await this.ctx.api.get(`${this.path}/full-packages`,{query:{limit:10}})).data.items)}async open(t){this.problem=null;try{this.shown=(await this.ctx.api.get(`${this.path}/full-packages/${t}`)).data,await this.updateComplete,this.renderRoot.querySelector("#report-title")?.focus()}catch(e){this.problem=e}}async voidShown(){this.asksVoid=!1,this.problem=null;const t=this.shown.id;try{this.shown=(await this.ctx.api.post(`${this.path}/full-packages/${t}/void`,{})).data,await this.follow(t)}catch(e){this.problem=e}}stateText(t){return this.words.states[t.state]??t.stateText}render(){const{ctx:t,words:e}=this;return this.broken?S(t,this.broken,()=>void this.load()):this.flows?this.flows.length?n`<div class="stack">
      <p class="small muted">${e.testOnly}</p>
      ${this.form()}
      ${this.problem&&!this.hasFieldFault()?S(t,this.problem):o}
      ${this.shown?Jt(t,e,this.shown,this.stateText(this.shown),{asksVoid:this.asksVoid,ask:s=>this.asksVoid=s,doVoid:()=>void this.voidShown(),root:this.renderRoot}):o}
      ${this.earlier.length?n`<div>
            <h4>${e.earlier}</h4>
            <ul class="plain">
              ${this.earlier.map(s=>n`<li>
                  <button class="btn quiet small" type="button" aria-label=${e.open(t.locale.moment(s.createdAt))} @click=${()=>void this.open(s.id)}>
                    ${t.locale.moment(s.createdAt)}
                  </button>
                  <span class="small muted">unti_id <span class="mono">${s.untiId}</span>, ${this.stateText(s)}</span>
                </li>`)}
            </ul>
          </div>`:o}
    </div>`:n`<p class="muted">${e.noFlows}</p>`:N(t)}hasFieldFault(){return this.problem instanceof x&&(this.problem.problem.errors?.length??0)>0}form(){const{words:t,typed:e,learners:s}=this,a=!!(e.storageUrl||e.accessKeyId||e.bucket);return n`<div class="fields">
        <div class="field wide">
          <label for="p-flow">${t.flow}</label>
          <div class="select">
            <select class="input" id="p-flow" @change=${i=>void this.chooseFlow(i.target.value)}>
              ${this.flows.map(i=>n`<option value=${i.flow} ?selected=${i.flow===e.flow}>${i.programme}, ${i.title}</option>`)}
            </select>${d("chevd","s")}
          </div>
        </div>
        <div class="field wide">
          <label for="p-learner">${t.learner}</label>
          ${s===null?N(this.ctx):s.learners.length===0?n`<p class="muted">${t.noLearners}</p>`:n`<div class="select">
                    <select class="input" id="p-learner" aria-describedby="p-learner-hint" @change=${i=>this.type("learner",i.target.value)}>
                      <option value="" ?selected=${!e.learner}>${t.chooseLearner}</option>
                      ${s.learners.map(i=>n`<option value=${i.id} ?disabled=${!i.testUntiId} ?selected=${i.id===e.learner}>${i.name} — ${i.testUntiId||t.noTestId}</option>`)}</select
                    >${d("chevd","s")}
                  </div>
                  <p class="hint" id="p-learner-hint">${s.more?t.manyLearners(this.ctx.locale.number(Ct)):o}</p>`}
          ${this.faultAt("/learner")}
        </div>
        ${this.text("methodistTestUntiId",t.methodist,t.methodistHint)}
      </div>
      <details class="more" ?open=${a}>
        <summary>${d("chev","s")}${t.storage}</summary>
        <div class="inside stack-s">
          <p class="hint">${t.storageHint}</p>
          <div class="fields">
            ${this.text("storageUrl",this.setup.fieldLabels.storageUrl)} ${this.text("bucket",this.setup.fieldLabels.bucket,this.setup.bucketHint)}
            ${this.text("accessKeyId",this.setup.fieldLabels.accessKeyId)} ${this.text("secretKey",this.setup.fieldLabels.secretKey,"","password")}
          </div>
        </div>
      </details>
      <div class="btns">
        <button class="btn" type="button" ?disabled=${!e.learner} aria-busy=${this.busy?"true":o} aria-describedby="p-why" @click=${()=>void this.send()}>
          ${this.busy?n`<span class="spin" aria-hidden="true"></span>${t.sending}`:t.send}
        </button>
        ${e.learner?o:n`<p class="small muted grow" id="p-why">${t.chooseLearner}</p>`}
      </div>`}type(t,e){this.typed={...this.typed,[t]:e}}faultAt(...t){if(!(this.problem instanceof x))return o;for(const e of t){const s=this.problem.field(e);if(s)return W(this.setup,{reason:s.reason,fix:s.fix??""},`p-err${e.replace(/\W/g,"-")}`)}return o}text(t,e,s="",a="text"){return n`<div class="field">
      <label for=${`p-${t}`}>${e}</label>
      <input
        class="input mono" id=${`p-${t}`} type=${a} autocomplete=${a==="password"?"new-password":"off"} spellcheck="false"
        inputmode=${t==="methodistTestUntiId"?"numeric":o}
        .value=${this.typed[t]??""} aria-describedby=${s?`p-${t}-hint`:o}
        @input=${i=>this.type(t,i.target.value)}
      />
      ${s?n`<p class="hint" id=${`p-${t}-hint`}>${s}</p>`:o} ${this.faultAt(`/${t}`,`/storage/${t}`)}
    </div>`}};y.styles=[_,F(P)];w([m()],y.prototype,"project",2);w([c()],y.prototype,"flows",2);w([c()],y.prototype,"learners",2);w([c()],y.prototype,"earlier",2);w([c()],y.prototype,"shown",2);w([c()],y.prototype,"typed",2);w([c()],y.prototype,"busy",2);w([c()],y.prototype,"broken",2);w([c()],y.prototype,"problem",2);w([c()],y.prototype,"asksVoid",2);y=w([I("u2035-package")],y);var ie=Object.defineProperty,ae=Object.getOwnPropertyDescriptor,C=(t,e,s,a)=>{for(var i=a>1?void 0:a?ae(e,s):e,r=t.length-1,l;r>=0;r--)(l=t[r])&&(i=(a?l(e,s,i):l(i))||i);return a&&i&&ie(e,s,i),i};function ne(t,e,s){const a=s?{confirm:!0}:{};return e==="other"?{sameStore:!1,expected:t.dueAgain,...a}:t.choices.some(i=>i.sameStore&&i.store===e)?{sameStore:!0,store:e,...a}:null}let k=class extends z{constructor(){super(...arguments),this.problem=null,this.details="",this.chosen="",this.sure=!1,this.waiting=!1}get words(){return U[this.ctx.language]}get code(){return this.problem instanceof x?this.problem.code:""}firstUpdated(){this.renderRoot.querySelector("dialog").showModal()}willUpdate(t){(t.has("problem")||t.has("question"))&&(this.waiting=!1)}choose(t){this.chosen=t,this.sure=!1}confirm(){const t=ne(this.question,this.chosen,this.sure);!t||this.waiting||(this.waiting=!0,this.dispatchEvent(new CustomEvent("chosen",{detail:t})))}close(){this.renderRoot.querySelector("dialog").close()}render(){const{ctx:t,words:e,question:s}=this,a=s.earlierStores.filter(r=>s.choices.some(l=>l.sameStore&&l.store===r.id)),i=this.code==="integration.store-evidence";return n`<dialog class="dialog" aria-labelledby="store-title" aria-describedby="store-lead" @close=${()=>this.dispatchEvent(new CustomEvent("closed"))}>
      <div class="dialog-head plain-head"><h2 id="store-title">${e.storeTitle}</h2><p id="store-lead">${e.storeLead}</p></div>
      <div class="dialog-body" role="radiogroup" aria-labelledby="store-title">
        ${a.map(r=>this.option(r.id,e.storeSame,n`${e.storeSameText} ${this.storeFacts(r)}`))}
        ${this.option("other",e.storeOther,n`${e.storeOtherText(t.locale.count(s.dueAgain,e.storeStatements))}`)}
        ${this.code==="integration.confirm-counts"?n`<div class="note warn" role="alert">${d("alert")}<p>${e.storeCountsChanged}</p></div>`:i?n`<div class="note warn" role="alert">${d("alert")}
                <div class="stack-s"><p>${this.details}</p>
                  <label class="choice"><input type="checkbox" .checked=${this.sure} @change=${r=>this.sure=r.target.checked} /><span>${e.storeSure}</span></label>
                </div></div>`:this.problem?S(t,this.problem):o}
      </div>
      <div class="dialog-foot">
        <button class="btn" type="button" @click=${()=>this.close()}>${t.kit.cancel}</button>
        <button class="btn primary" type="button" ?disabled=${!this.chosen||i&&!this.sure} aria-busy=${this.waiting?"true":o} @click=${()=>this.confirm()}>
          ${this.waiting?n`<span class="spin" aria-hidden="true"></span>${e.storeConfirming}`:e.storeConfirm}
        </button>
      </div>
    </dialog>`}option(t,e,s){return n`<label class="choice boxed">
      <input type="radio" name="store" value=${t} .checked=${this.chosen===t} @change=${()=>this.choose(t)} />
      <span><b>${e}</b><small>${s}</small></span>
    </label>`}storeFacts(t){const{ctx:e,words:s}=this,{counts:a,evidence:i}=t,r=l=>l?e.locale.day(l):s.storeStillOpen;return n`<span class="mono">${t.endpoint}</span>,
      ${s.storeUsed(r(t.createdAt),r(t.closedAt))}; ${s.storeCounts(e.locale.number(a.accepted),e.locale.number(a.confirmed))}.
      ${i===null?s.storeUnread:i.found>0?s.storeFound(e.locale.number(i.found),e.locale.number(i.asked)):i.missing===i.asked?s.storeNotFound(e.locale.number(i.asked)):s.storeUnread}`}};k.styles=[_,F(P)];C([m({attribute:!1})],k.prototype,"question",2);C([m({attribute:!1})],k.prototype,"problem",2);C([m()],k.prototype,"details",2);C([c()],k.prototype,"chosen",2);C([c()],k.prototype,"sure",2);C([c()],k.prototype,"waiting",2);k=C([I("u2035-store-choice")],k);var re=Object.defineProperty,oe=Object.getOwnPropertyDescriptor,$=(t,e,s,a)=>{for(var i=a>1?void 0:a?oe(e,s):e,r=t.length-1,l;r>=0;r--)(l=t[r])&&(i=(a?l(e,s,i):l(i))||i);return a&&i&&re(e,s,i),i};let f=class extends z{constructor(){super(...arguments),this.project="",this.alone=!1,this.moved=!1,this.known=null,this.broken=null,this.check=null,this.busy="",this.problem=null,this.conflict=!1,this.question=null,this.questionError=null,this.revealed=new Set,this.opened=new Set,this.drafts={},this.faults={},this.now=Date.now(),this.choosing=0,this.watched="",this.abort=new AbortController,this.clock=0}get words(){return U[this.ctx.language]}get wizard(){return this.known}get client(){return new ut(this.ctx.api,this.ctx.organization,this.project)}disconnectedCallback(){super.disconnectedCallback(),this.stop()}connectedCallback(){super.connectedCallback(),this.hasUpdated&&this.load()}willUpdate(t){t.has("project")||this.isElsewhere(t)?(this.stop(),this.known=this.broken=this.check=null,this.drafts={},this.faults={},this.load()):t.has("ctx")&&this.known&&this.load()}stop(){this.abort.abort(),this.abort=new AbortController,this.watched="",window.clearInterval(this.clock)}async load(){const{signal:t}=this.abort;try{const e=await this.client.read();if(t.aborted)return;const s=!this.known;this.take(e.data),s&&this.moved&&await this.focusOn("h1")}catch(e){t.aborted||(this.broken=e)}}take(t){this.known=t,this.broken=null,t.runningCheck?this.watch(t.runningCheck.id):((t.lastCheck?.id!==this.check?.id||this.check?.state==="running")&&this.blame(t.lastCheck),this.check=t.lastCheck)}async watch(t){if(this.watched===t)return;this.watched=t;const{signal:e}=this.abort;this.clock=window.setInterval(()=>this.now=Date.now(),1e3);try{await this.client.follow(t,a=>this.check=a,e)}catch(a){this.problem=a}if(e.aborted)return;window.clearInterval(this.clock),this.watched="";const s=this.check;this.blame(s),await this.load(),s?.state==="passed"?this.ctx.say(this.words.passedSay(s.stage)):s&&this.ctx.say(this.words.failedSay(K(s)?.cause??""),!0),await this.catchFocus(s?.state==="passed"?"#continue-button":'#check-button:enabled, [aria-invalid="true"]')}blame(t){if(!t||t.purpose!=="stage"||t.state==="running")return;const e=t.stage,s=K(t);if(!s){this.drafts={...this.drafts,[e]:void 0},this.faults={...this.faults,[e]:void 0},this.revealed=new Set;return}const a={pair:this.draftOf(e).mode==="pair",endpoint:e===4&&!!this.known&&H(this.known)},i={title:this.words.failedStep(s.title||s.name),observed:s.observed,reason:s.cause,fix:s.fix};this.faults={...this.faults,[e]:Object.fromEntries(nt(s,a).map(r=>[r,i]))}}draftOf(t){return this.drafts[t]??gt()}faultsOf(t){return this.faults[t]??{}}redraft(t,e){this.drafts={...this.drafts,[t]:{...this.draftOf(t),...e}}}input(t,e,s){this.redraft(t,{values:{...this.draftOf(t).values,[e]:s}}),this.faults[t]?.[e]&&(this.faults={...this.faults,[t]:{...this.faults[t],[e]:void 0}})}setMode(t,e){this.redraft(t,{mode:e})}reveal(t){const e=new Set(this.revealed);e.delete(t)||e.add(t),this.revealed=e}edit(t,e){this.redraft(t,{editing:!0,values:{}}),this.focusOn(`#f-${e}`)}keepSaved(t){this.drafts={...this.drafts,[t]:void 0},this.faults={...this.faults,[t]:void 0},this.focusOn(".stage-body .peek")}startCheck(t){if(at(this.wizard,t,this.draftOf(t))!=="ready"||this.busy)return;const{body:e}=M(this.wizard,t,this.draftOf(t));this.faults={...this.faults,[t]:void 0},this.perform("check",async()=>{const s=await this.client.check(t,this.wizard.version,e);this.check=s.data,this.now=Date.now(),this.ctx.say(this.words.startedSay),await this.load()},t)}continueStage(t){this.perform("continue",async()=>{this.take((await this.client.continue(t,this.wizard.version)).data),await this.showStage()},t)}select(t){this.choosing=t,this.perform("select",async()=>{this.take((await this.client.select(t,this.wizard.version)).data),this.ctx.say(R(X(this.wizard,t).title))}).finally(()=>this.choosing=0)}openCard(){this.perform("open",async()=>{this.take((await this.client.open(this.wizard.version)).data),await this.showStage()})}letterSent(){this.load()}letterCopied(t){const e=()=>this.client.copied(t,this.wizard.version);e().catch(async s=>{if(!(s instanceof x)||s.status!==412)throw s;return await this.load(),e()}).then(s=>this.take(s.data)).catch(s=>this.problem=s)}async perform(t,e,s){if(!this.busy){this.busy=t,this.problem=null,this.conflict=!1;try{await e()}catch(a){await this.refused(a,s)}finally{this.busy=""}}}async refused(t,e){const s=G(t),a=t instanceof x?t.status:0;if(a===412&&Q(s)){this.take(s),this.conflict=!0,this.ctx.say(this.words.conflict,!0),await this.catchFocus("#stage-title");return}if(a===409&&s&&"choices"in s){this.question=s,this.questionError=null;return}const i=kt(t,!!e&&this.draftOf(e).mode==="pair");if(e&&Object.keys(i).length>0){this.faults={...this.faults,[e]:i},await this.focusOn('[aria-invalid="true"]');return}a===409&&await this.load(),this.problem=t}async answerQuestion(t){this.questionError=null;try{this.take((await this.client.continue(4,this.wizard.version,t)).data),this.question=null,await this.showStage()}catch(e){const s=G(e);Q(s)?(this.question=null,await this.refused(e)):(s&&"choices"in s&&(this.question=s),this.questionError=e)}}async showStage(){this.revealed=new Set,this.opened=new Set,await this.focusOn("#stage-title")}async catchFocus(t){await this.updateComplete,(!document.activeElement||document.activeElement===document.body||this.shadowRoot?.activeElement?.matches(":disabled"))&&await this.focusOn(t)}async focusOn(t){await this.updateComplete,(this.renderRoot.querySelector(t)??this.renderRoot.querySelector(".stage-body input"))?.focus()}disclosure(t,e,s){const a=i=>{const r=new Set(this.opened);i.target.open?r.add(t):r.delete(t),this.opened=r};return n`<details class="more" ?open=${this.opened.has(t)} @toggle=${a}>
      <summary>${d("chev","s")}${e}</summary>
      ${this.opened.has(t)?n`<div class="inside">${s()}</div>`:o}
    </details>`}render(){if(this.broken)return n`${this.crumbs(this.project)}${S(this.ctx,this.broken,()=>void this.load(),ft[this.ctx.language])}`;if(!this.known)return N(this.ctx);const{words:t,wizard:e}=this;return n`${this.crumbs(e.title)}
      <div class="page-head"><div class="title-line"><h1 tabindex="-1">${e.title}</h1>${xt(e)}</div></div>
      ${e.warning?n`<div class="note bad above" role="alert">${d("alert")}<p>${e.warning}</p></div>`:o}
      ${this.conflict?n`<div class="note warn above">${d("users")}<p>${t.conflict}</p></div>`:o}
      ${this.problem?n`<div class="above">${S(this.ctx,this.problem)}</div>`:o}
      ${e.status==="not-done"?this.beforeStart():e.status==="active"?this.finished():this.stages()}
      ${this.question?n`<u2035-store-choice
            .ctx=${this.ctx}
            .question=${this.question}
            .problem=${this.questionError}
            .details=${this.questionError?pt(this.ctx.kit,this.questionError).detail:""}
            @chosen=${s=>void this.answerQuestion(s.detail)}
            @closed=${()=>this.question=null}
          ></u2035-store-choice>`:o}`}crumbs(t){if(this.alone)return o;const e=s=>{s.preventDefault(),this.ctx.go("")};return n`<nav class="crumbs" aria-label=${this.words.crumbs}>
      <a href="#" @click=${e}>${this.words.backToList}</a>${d("chev","s")}<span aria-current="page">${t}</span>
    </nav>`}stages(){const{words:t,wizard:e}=this,s=X(e,e.stage);return n`<div class="wizard">
      ${Kt(t,this.ctx.locale,e,this.choosing||e.stage,a=>this.select(a))}
      <section class="panel" aria-labelledby="stage-title">
        <div class="stage-head">
          <p class="eyebrow">${t.stageOf(s.number)}</p>
          <h2 id="stage-title" tabindex="-1">${R(s.title)}</h2>
          ${Nt(t,this.ctx.locale,s)}
          ${Lt(s.text)}
        </div>
        ${s.number===1||s.number===3?It(this,s):Tt(this,s)}
      </section>
    </div>`}beforeStart(){const{words:t}=this;return n`<section class="panel empty">
      ${d("plug")}
      <h2>${t.notOpened}</h2>
      <p>${t.notOpenedText}</p>
      <button class="btn primary" type="button" aria-busy=${this.busy==="open"?"true":o} @click=${()=>this.openCard()}>
        ${t.start}${d("right")}
      </button>
    </section>`}finished(){const{words:t,wizard:e}=this;return n`<section class="panel empty done-view">
      ${d("okc")}
      <h2 id="stage-title" tabindex="-1">${t.activeTitle}</h2>
      ${e.warning?o:n`<p>${t.activeText}</p>`}
      ${e.hint?n`<p>${e.hint}</p>`:o}
      ${this.alone?o:n`<button class="btn primary" type="button" @click=${()=>this.ctx.go("")}>${t.toList}</button>`}
    </section>`}};f.styles=[_,F(P)];$([m()],f.prototype,"project",2);$([m({type:Boolean})],f.prototype,"alone",2);$([m({type:Boolean})],f.prototype,"moved",2);$([c()],f.prototype,"known",2);$([c()],f.prototype,"broken",2);$([c()],f.prototype,"check",2);$([c()],f.prototype,"busy",2);$([c()],f.prototype,"problem",2);$([c()],f.prototype,"conflict",2);$([c()],f.prototype,"question",2);$([c()],f.prototype,"questionError",2);$([c()],f.prototype,"revealed",2);$([c()],f.prototype,"opened",2);$([c()],f.prototype,"drafts",2);$([c()],f.prototype,"faults",2);$([c()],f.prototype,"now",2);$([c()],f.prototype,"choosing",2);f=$([I("u2035-setup")],f);export{f as U2035Setup};
