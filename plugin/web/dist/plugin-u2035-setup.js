import{b as r,A as o,i as p,a as A,r as F,n as m,c,P as I,o as pt,d as x,f as O,t as P,h as Y,l as K,w as ut,_ as ft}from"./u2035.js";import{p as $t}from"./plugin-session.js";import{w as U,b as Z,I as bt,c as G,i as Q,r as mt}from"./plugin-role.js";import{c as tt,i as et,a as yt,d as vt,w as st,p as V,e as L,g as D,h as it,j as J,k as M,l as T,m as at,n as H,f as N,o as rt,q as W,r as wt,u as gt,v as kt,b as R,x as z,y as xt,t as Ot,z as St,A as X,B as Ct,s as Lt}from"./plugin-texts.js";import{c as E,s as Tt}from"./plugin-clipboard.js";import{l as _t,a as jt}from"./plugin-learners.js";import"./plugin-directive-helpers.js";function Et(t){const e=[];let s=[];const a=()=>{s.length&&e.push(r`<ul class="lead dashes">${s.map(i=>r`<li>${i}</li>`)}</ul>`),s=[]};for(const i of t.split(`
`))/^[–-]\s/.test(i)?s.push(i.slice(2)):(a(),i.trim()&&e.push(r`<p class="lead">${i}</p>`));return a(),e}function nt(t,e){const{why:s}=t.words,a=e.continueText??"";switch(tt(t.wizard,e.number)){case"ready":return"";case"running":return s.running;case"locked":return s.locked;case"passed":return s.passed(a);case"unchecked":return s.unchecked(a)}}function ot(t,e,s,a=o){const i=tt(t.wizard,e.number)==="ready",n=t.busy==="continue";return r`<button
    class=${s?"btn primary":"btn"}
    id="continue-button"
    type="button"
    ?disabled=${!i}
    aria-disabled=${n?"true":o}
    aria-busy=${n?"true":o}
    aria-describedby="why-continue"
    @click=${()=>t.continueStage(e.number)}
  >
    ${n?r`<span class="spin" aria-hidden="true"></span>`:o}${e.continueText}${a}
  </button>`}function lt(t){const{ctx:e,words:s,wizard:a}=t;if(!a.guid)return o;const i=async n=>{const l=n.currentTarget.parentElement.querySelector("code");e.say(await E(a.guid,l)==="copied"?`${e.kit.copied}: guid`:s.selected)};return r`<dl class="guid">
    <dt>${s.guid}</dt>
    <dd>
      <code>${a.guid}</code>
      <button class="btn small" type="button" aria-label=${s.copyGuid} @click=${i}>${p("copy","s")}${s.copyGuid}</button>
    </dd>
  </dl>`}function qt(t,e){const{words:s,wizard:a}=t,i=e.number,n=a.runningCheck?.stage===i,l=q(t,i);return r`<div class="stage-body">
      ${et(a,i,t.draftOf(i))?Pt(t,i):Ft(t,e)}
      <div class="stack-s">
        <div class="btns">${Ut(t,e)}</div>
        ${n||q(t,i)?o:r`<p class="small muted">${s.noData}</p>`}
      </div>
      ${l?r`${zt(t,i)}
          ${yt({ctx:t.ctx,words:s,check:l,withStorage:vt(l,a)||n&&i===4&&st(a,t.draftOf(4)),now:t.now})}
          ${n?r`<p class="small muted">${s.closeAllowed}</p>`:o}
          ${l.state==="failed"?t.disclosure(`support-${l.id}`,s.supportLetter,()=>r`<u2035-letter
                .ctx=${t.ctx} .project=${t.project} .kind=${"support"} .check=${l.id} .label=${s.supportLetter}
              ></u2035-letter>`):o}`:o}
      ${i===2?r`${lt(t)}${Bt(t)}`:o}
    </div>
    <div class="stage-foot">
      <p id="why-continue">${nt(t,e)||s.ready[i]}</p>
      ${ot(t,e,V(a,i,!1)==="continue",i===4?p("check"):o)}
    </div>`}function q(t,e){const{check:s}=t;return s&&s.stage===e&&s.purpose==="stage"?s:null}function At(t,e){return{words:t.words,draft:t.draftOf(e),stored:s=>gt(t.wizard,e,s),storedEnd:s=>s==="basic"&&ct(t,e)?void 0:wt(t.wizard,e,s),faults:t.faultsOf(e),revealed:t.revealed,locked:!!t.wizard.runningCheck||t.busy==="check",input:(s,a)=>t.input(e,s,a),reveal:s=>t.reveal(s),setMode:s=>t.setMode(e,s),submit:()=>t.startCheck(e)}}function ct(t,e){return it(t.wizard,e)&&H(t.wizard,e,t.draftOf(e)).body.endpoint!==void 0}function Ft(t,e){const{words:s,wizard:a}=t,i=e.number,n=At(t,i),l=it(a,i),h=Object.values(t.draftOf(i).values).some(Boolean),d=ct(t,i)?s.basicForAddress:!l&&e.tried&&!h?s.tried(e.tried.lastFour):"",u=l?r`<div class="note">
        ${p("lock")}
        <div>
          <p>${i===4?s.changeSome:s.changeBasic}</p>
          <div class="btns"><button class="btn small" type="button" ?disabled=${n.locked} @click=${()=>t.keepSaved(i)}>${s.keepSaved}</button></div>
        </div>
      </div>`:o;return i===2?r`${u}${J(n,s.basicLabel[2],d)}`:r`${u}
    <fieldset>
      <legend class="group-title">${s.firstLetter} <small>${s.firstLetterNote}</small></legend>
      <div class="stack">
        ${M(a)?T(n,{name:"endpoint",hint:s.endpointHint,placeholder:"https://"}):o}
        ${J(n,s.basicLabel[4],d)}
      </div>
    </fieldset>
    ${It(t,n)}`}function It(t,e){const{words:s,wizard:a}=t;return a.s3==="none"?r`<p class="small muted">${s.storageNone}</p>`:r`<fieldset>
    <legend class="group-title">${s.secondLetter} <small>${s.secondLetterNote}</small></legend>
    ${a.s3==="optional"?r`<p class="hint optional" role="status">${a.credentials.storage&&!st(a,t.draftOf(4))?s.storageEmptied:s.storageOptional}</p>`:o}
    <div class="fields">
      ${T(e,{name:"userId"})} ${T(e,{name:"accessKeyId"})}
      ${T(e,{name:"secretKey",secret:!0,wide:!0})}
      ${T(e,{name:"storageUrl",wide:!0,hint:s.urlHint,placeholder:"https://"})}
      ${T(e,{name:"bucket",wide:!0,hint:s.bucketHint,below:dt(t,i=>e.input("bucket",i))})}
    </div>
  </fieldset>`}function dt(t,e){const{words:s}=t,a=N(q(t,4))?.choices??[];return a.length===0?o:r`<div class="btns" role="group" aria-label=${s.chooseBucket}>
    ${a.map(i=>r`<button class="btn small" type="button" @click=${()=>e(i)}>${s.useBucket(i)}</button>`)}
  </div>`}function Pt(t,e){const{words:s,wizard:a}=t,{testBasic:i,productionBasic:n,storage:l}=a.credentials,h=u=>a.runningCheck?null:()=>t.edit(e,u),d=L(s,{id:"s-basic",label:s.basicLabel[e],value:D((e===2?i:n)?.lastFour??""),edit:h("basic")});return e===2?d:r`<fieldset>
      <legend class="group-title">${s.firstLetter} <small>${s.firstLetterNote}</small></legend>
      ${d}
    </fieldset>
    ${l?r`<fieldset>
          <legend class="group-title">${s.secondLetter} <small>${s.secondLetterNote}</small></legend>
          <div class="fields">
            ${L(s,{id:"s-user",label:s.fieldNames.userId,value:l.userId,edit:h("userId")})}
            ${L(s,{id:"s-access",label:s.fieldNames.accessKeyId,value:D(l.accessKeyId),edit:h("accessKeyId")})}
            ${L(s,{id:"s-secret",label:s.fieldNames.secretKey,value:D(l.secretKey?.lastFour??""),wide:!0,edit:h("secretKey")})}
            ${L(s,{id:"s-url",label:s.fieldLabels.storageUrl,value:l.storageUrl,wide:!0,edit:h("storageUrl")})}
            ${l.bucket?L(s,{id:"s-bucket",label:s.fieldLabels.bucket,value:l.bucket,wide:!0,edit:h("bucket")}):o}
          </div>
        </fieldset>`:a.s3==="none"?r`<p class="small muted">${s.storageNone}</p>`:o}`}function Ut(t,e){const{ctx:s,words:a,wizard:i}=t,n=e.number,l=t.draftOf(n),h=at(i,n,l),d=i.runningCheck?.stage===n||t.busy==="check",u=q(t,n),_=d?"":h==="running"?a.checkElsewhere:h==="saved"?u?.state==="passed"&&u.finishedAt?a.checkSaved(s.locale.moment(u.finishedAt)):a.checkSavedNever:h==="empty"?a.checkEmpty(H(i,n,l).missing.map(j=>j==="basic"?a.basicLabel[n]:a.fieldNames[j]??a.fieldLabels[j]).join(", ")):h==="unchanged"?a.checkUnchanged:"";return r`<button
      class=${V(i,n,!1)==="check"&&h==="ready"&&!d?"btn primary":"btn"}
      id="check-button"
      type="button"
      ?disabled=${!d&&h!=="ready"}
      aria-busy=${d?"true":o}
      aria-disabled=${d?"true":o}
      aria-describedby=${_?"why-check":o}
      @click=${()=>t.startCheck(n)}
    >
      ${d?r`<span class="spin" aria-hidden="true"></span>${a.checking}`:e.checkText}
    </button>
    ${_?r`<p class="small muted grow" id="why-check">${_}</p>`:o}`}function zt(t,e){const s=q(t,e),a=N(s);if(!s||!a)return o;const{words:i,wizard:n}=t,l=t.draftOf(e).mode==="pair";if(!et(n,e,t.draftOf(e))&&rt(a,{pair:l,endpoint:e===4&&M(n)}).length>0)return o;const d=u=>{t.edit(e,"bucket"),t.input(e,"bucket",u)};return W(i,{title:i.failedStep(a.title||a.name),observed:a.observed,reason:a.cause,fix:a.fix},"check-fault",e===4?dt(t,d):o)}function Bt(t){const{words:e}=t;return r`<section class="part" aria-labelledby="package-title">
    <h3 id="package-title">${e.package}</h3>
    <p class="small muted">${e.packageLead}</p>
    ${t.wizard.credentials.testBasic?t.disclosure("package",e.packageSend,()=>r`<u2035-package .ctx=${t.ctx} .project=${t.project}></u2035-package>`):r`<p class="small muted">${e.packageNeedsCheck}</p>`}
  </section>`}function Kt(t,e){const{ctx:s,words:a,wizard:i}=t,n=e.number,l=!!e.reminder,h=V(i,n,l),d=(u,_,j)=>r`<u2035-letter
      .ctx=${s}
      .project=${t.project}
      .kind=${u}
      .primary=${_}
      .label=${j}
      @letter-copied=${()=>t.letterCopied(u)}
      @letter-sent=${()=>t.letterSent()}
    ></u2035-letter>`;return r`<div class="stage-body">
      ${Nt(t,e)}
      ${n===3?lt(t):o}
      ${d(e.letter??"test-access",h==="letter",a.letterLabel)}
      ${e.storageLetter?t.disclosure(`letter-${e.storageLetter}`,a.noStorageAccess,()=>d(e.storageLetter,!1,a.storageLetterLabel)):o}
    </div>
    <div class="stage-foot">
      <p id="why-continue">${nt(t,e)||a.letterFoot}</p>
      ${ot(t,e,h==="continue",p("right"))}
    </div>`}function Nt(t,e){const{reminder:s}=e;if(!s||e.state==="done")return o;const{ctx:a,words:i}=t,n=a.locale.day(s.copiedAt);return s.due?r`<div class="note warn" role="status">
    ${p("clock")}
    <div><h3>${i.reminderTitle}</h3><p>${i.reminderText(n)}</p></div>
  </div>`:r`<p class="small muted">${i.letterCopiedOn(n,a.locale.day(s.remindAt))}</p>`}function ht(t,e=!1){return e?"now":t.state==="locked"?"locked":t.state==="failed"?"fail":t.state==="done"?"done":t.canCheck!==void 0&&t.canContinue?"passed":"now"}const Dt={locked:"lock",fail:"excl",done:"check",passed:"check",now:"half"};function Rt(t,e,s){return s.state==="locked"?t.opensAfter(s.number-1):e.runningCheck?.stage===s.number?t.checkRuns:ht(s)==="passed"?`${s.statusText}, ${t.checkPassed}`:s.statusText}function Vt(t,e,s,a){const i=[s.openedAt?t.stageOpened(e.day(s.openedAt)):"",s.passedAt?t.stagePassed(e.moment(s.passedAt),a(s.passedBy??"")):""].filter(Boolean);return i.length>0?r`<p class="small muted">${i.join(". ")}.</p>`:o}function Mt(t,e,s,a,i,n){return r`<div class="stepper" role="radiogroup" aria-label=${t.stages}>
    <ol role="presentation">
      ${s.stages.map(l=>{const h=ht(l,s.runningCheck?.stage===l.number),d=a===l.number;return r`<li class=${d?`${h} here`:h} role="presentation">
          <label class="step">
            <input type="radio" name="stage" value=${l.number} .checked=${kt(d)} ?disabled=${!l.canSelect} @change=${()=>n(l.number)} />
            <b><span class="full">${l.number}. ${R(l.title)}</span><span class="short" aria-hidden="true">${t.short[l.number-1]}</span></b>
            <span class="state">${p(Dt[h])}<span>${Rt(t,s,l)}</span></span>
            ${l.state==="done"&&l.passedAt?r`<small class="when">${[e.day(l.passedAt),i(l.passedBy??"")].filter(Boolean).join(", ")}</small>`:o}
          </label>
        </li>`})}
    </ol>
  </div>`}const Ht=/^(Организация|Название проекта|Шаг)/;function Wt(t,e){return t.body.replace(/\n+$/,"").split(`
`).map(a=>({text:a,gap:t.missing.length>0&&/:\s*$/.test(a)&&(e!=="support"||Ht.test(a))}))}function Gt(t){return t.missing.length>0&&/,\s*$/.test(t.subject)}var Qt=Object.defineProperty,Jt=Object.getOwnPropertyDescriptor,S=(t,e,s,a)=>{for(var i=a>1?void 0:a?Jt(e,s):e,n=t.length-1,l;n>=0;n--)(l=t[n])&&(i=(a?l(e,s,i):l(i))||i);return a&&i&&Qt(e,s,i),i};let g=class extends I{constructor(){super(...arguments),this.missing=[],this.told=!1,this.typed={},this.saving="",this.problem=null,this.failedField=""}get words(){return z[this.ctx.language]}titleOf(t){return this.words.facts[t.name]??t.title}async fill(t){const e=t.pointer.slice(1),s=(this.typed[e]??"").trim();if(!s){this.renderRoot.querySelector(`#m-${e}`)?.focus();return}if(this.saving)return;this.saving=e,this.problem=null,this.failedField="";const a=pt(this.ctx.organization);try{const i=await this.ctx.api.get(a);await this.ctx.api.put(a,{...i.data,[e]:s},{ifMatch:i.etag}),this.ctx.say(this.words.filled(this.titleOf(t))),this.dispatchEvent(new CustomEvent("filled"))}catch(i){this.problem=i,this.failedField=e,i instanceof x&&i.status===412&&this.dispatchEvent(new CustomEvent("filled"))}finally{this.saving=""}}render(){const{words:t,missing:e}=this,s=e.filter(i=>i.pointer.startsWith("/")),a=e.filter(i=>!i.pointer.startsWith("/"));return r`<div class="note warn">
      ${p("alert")}
      <div class="stack-s">
        <div>
          <h3>${t.isMissing(e.length)}</h3>
          <p>${this.told?o:`${t.missingSpeed} `}${s.length?t.missingFill:o}</p>
        </div>
        ${s.map(i=>this.field(i))}
        ${a.map(i=>r`<p>${t.missingElsewhere(this.titleOf(i),t.places[i.where]??i.where)}</p>`)}
        ${this.outcome()}
      </div>
    </div>`}field(t){const{words:e}=this,s=t.pointer.slice(1),a=this.failedField===s&&this.problem instanceof x?this.problem.field(t.pointer):void 0,i=s.endsWith("Email");return r`<div class="field">
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
          @input=${n=>this.typed={...this.typed,[s]:n.target.value}}
          @keydown=${n=>{n.key==="Enter"&&!n.isComposing&&this.fill(t)}}
        />
        <button class="btn" type="button" aria-label=${`${e.fill}: ${this.titleOf(t)}`} aria-busy=${this.saving===s?"true":o} @click=${()=>void this.fill(t)}>
          ${this.saving===s?e.filling:e.fill}
        </button>
      </div>
      ${a?W(e,{reason:a.reason,fix:a.fix??""},`m-${s}-err`):o}
    </div>`}outcome(){const{problem:t,words:e}=this;if(!t)return o;if(t instanceof x){if(t.status===412)return r`<p role="alert">${e.fillConflict}</p>`;if(t.status===403)return r`<p role="alert">${e.missingMayNot}</p>`;if(t.field(`/${this.failedField}`))return o}return O(this.ctx,t)}};g.styles=[A,F(U)];S([m({attribute:!1})],g.prototype,"missing",2);S([m({type:Boolean})],g.prototype,"told",2);S([c()],g.prototype,"typed",2);S([c()],g.prototype,"saving",2);S([c()],g.prototype,"problem",2);S([c()],g.prototype,"failedField",2);g=S([P("u2035-missing")],g);var Xt=Object.defineProperty,Yt=Object.getOwnPropertyDescriptor,v=(t,e,s,a)=>{for(var i=a>1?void 0:a?Yt(e,s):e,n=t.length-1,l;n>=0;n--)(l=t[n])&&(i=(a?l(e,s,i):l(i))||i);return a&&i&&Xt(e,s,i),i};let b=class extends I{constructor(){super(...arguments),this.project="",this.kind="",this.check="",this.label="",this.primary=!1,this.letter=null,this.broken=null,this.problem=null,this.copied="",this.sending=!1,this.sent=null}get words(){return z[this.ctx.language]}get path(){return`${Z(this.ctx.organization,this.project)}/letters/${this.kind}`}willUpdate(t){(t.has("kind")||t.has("check")||t.has("project"))&&(this.letter=null,this.copied="",this.sent=null),(t.has("kind")||t.has("check")||t.has("project")||t.has("ctx"))&&this.load()}async load(){try{this.letter=(await this.ctx.api.get(this.path,{query:{check:this.check}})).data,this.broken=null}catch(t){this.broken=t}}async copyTemplate(){this.copied=await E(this.letter.body,this.renderRoot.querySelector(".letter-body")),this.ctx.say(this.copied==="copied"?this.words.templateCopied:this.words.selected),this.dispatchEvent(new CustomEvent("letter-copied"))}async copyPart(t,e){const s=t.currentTarget.closest("dd").querySelector("span");this.ctx.say(await E(e,s)==="copied"?`${this.ctx.kit.copied}: ${e}`:this.words.selected)}async download(){this.problem=null;try{const t=await this.ctx.api.download(this.path,{accept:"message/rfc822",query:{check:this.check}});Tt(t.blob,t.name),this.dispatchEvent(new CustomEvent("letter-copied"))}catch(t){this.problem=t}}async send(){if(!this.sending){this.sending=!0,this.problem=null;try{this.sent=(await this.ctx.api.post(`${this.path}/send`,{},{idempotencyKey:Y(),query:{check:this.check}})).data,this.ctx.say(this.words.sent),this.dispatchEvent(new CustomEvent("letter-sent"))}catch(t){this.problem=t}finally{this.sending=!1}}}render(){if(this.broken)return O(this.ctx,this.broken,()=>void this.load());if(!this.letter)return K(this.ctx);const{ctx:t,words:e,letter:s}=this;return r`<div class="stack">
      ${s.missing.length?r`<u2035-missing .ctx=${t} .missing=${s.missing} .told=${this.kind==="test-access"} @filled=${()=>void this.load()}></u2035-missing>`:o}
      <article class="letter" aria-label=${this.label||e.letterLabel}>
        <dl>
          ${this.line(e.to,s.to,e.copyTo)}
          ${this.line(e.subject,s.subject,e.copySubject,Gt(s))}
        </dl>
        <div class="letter-body" tabindex="0" aria-label=${this.label||e.letterLabel} role="group">
          ${Wt(s,this.kind).map((a,i)=>r`${i?r`<br />`:o}${a.text}${a.gap?r`<span class="gap">${e.gap}</span>`:o}`)}
        </div>
      </article>
      <div class="btns acts">
        <button class=${this.primary?"btn primary":"btn"} type="button" @click=${()=>void this.copyTemplate()}>${p("copy")}${e.copyTemplate}</button>
        <button class="btn" type="button" @click=${()=>void this.download()}>${p("down")}${e.downloadEml}</button>
        ${this.sendButton()}
      </div>
      ${this.outcome()}
    </div>`}line(t,e,s,a=!1){return r`<dt>${t}</dt>
      <dd>
        <span>${e}${a?r`<span class="gap">${this.words.gap}</span>`:o}</span>
        <button class="btn quiet icon small" type="button" aria-label=${s} title=${s} @click=${i=>void this.copyPart(i,e)}>${p("copy","s")}</button>
      </dd>`}sendButton(){const{letter:t,words:e}=this;return t?.canSend===void 0?o:r`<button class="btn" type="button" ?disabled=${!t.canSend} aria-busy=${this.sending?"true":o} aria-describedby="send-how" @click=${()=>void this.send()}>
        ${this.sending?r`<span class="spin" aria-hidden="true"></span>${e.sending}`:r`${p("mail")}${e.send}`}
      </button>
      ${t.canSend?o:r`<p class="small muted grow" id="send-how">${e.cannotSend(t.cannotSend??"")}</p>`}`}outcome(){const{ctx:t,words:e,letter:s}=this;return this.problem?O(t,this.problem):this.sent?r`<div class="note ok">${p("okc")}<div><h3>${e.sent}</h3><p>${e.sentText(this.sent.from,this.sent.to,t.locale.moment(this.sent.at))}</p></div></div>`:this.copied==="copied"?r`<div class="note ok">${p("check")}<div><h3>${e.templateCopied}</h3><p>${e.copiedNext}</p>${s?.from?r`<p>${e.fromWhom(s.from)}</p>`:o}</div></div>`:this.copied==="selected"?r`<div class="note now">${p("copy")}<p>${e.selected}</p></div>`:s?.from?r`<p class="small muted">${e.fromWhom(s.from)}</p>`:o}};b.styles=[A,F(U)];v([m()],b.prototype,"project",2);v([m()],b.prototype,"kind",2);v([m()],b.prototype,"check",2);v([m()],b.prototype,"label",2);v([m({type:Boolean})],b.prototype,"primary",2);v([c()],b.prototype,"letter",2);v([c()],b.prototype,"broken",2);v([c()],b.prototype,"problem",2);v([c()],b.prototype,"copied",2);v([c()],b.prototype,"sending",2);v([c()],b.prototype,"sent",2);b=v([P("u2035-letter")],b);const B=20;function Zt(t){const e={accepted:0,all:0,refused:0};for(const s of t.kinds??[])e.accepted+=s.accepted,e.refused+=s.refused,e.all+=s.statements;return e}function te(t,e,s,a,i){const n=s.state==="running"||s.state==="voiding",l=Zt(s),h=(s.statements??[]).filter(u=>u.state==="refused"),d=s.unsent??[];return r`<section class="check-box" aria-labelledby="report-title">
    <header>
      <h4 id="report-title" tabindex="-1">${e.report}, ${t.locale.moment(s.createdAt)}</h4>
      ${n?r`<span class="small muted with-spin"><span class="spin" aria-hidden="true"></span>${a}</span>`:xt(s.state==="done"||s.state==="voided"?"ok":"warn",s.state==="done"||s.state==="voided"?"okc":"excl",a)}
    </header>
    <div class="report stack-s">
      <p>unti_id <span class="mono">${s.untiId}</span>. <b class="strong">${e.totals(t.locale.number(l.accepted),t.locale.number(l.all))}</b></p>
      ${s.message?r`<p class="warn-text">${s.message}</p>`:o}
      ${s.kinds?.length?r`<div class="table-wrap" tabindex="0" role="group" aria-label=${e.report}>
            <table>
              <thead><tr><th scope="col">${e.kind}</th><th scope="col" class="r">${e.statements}</th><th scope="col" class="r">${e.accepted}</th><th scope="col" class="r">${e.refused}</th></tr></thead>
              <tbody>
                ${s.kinds.map(u=>r`<tr><th scope="row" class="mono">${u.kind.replaceAll(".",".​")}</th><td class="r num">${t.locale.number(u.statements)}</td><td class="r num">${t.locale.number(u.accepted)}</td><td class="r num">${t.locale.number(u.refused)}</td></tr>`)}
              </tbody>
            </table>
          </div>`:o}
      ${h.length?r`<div>
            <h5>${e.refusals}</h5>
            <ul class="faults">
              ${h.slice(0,B).map(u=>r`<li><b>${u.kind}</b> <span>${u.message}</span>${u.errorId?r` <span class="caption">errorId <code>${u.errorId}</code></span>`:o}</li>`)}
            </ul>
          </div>`:o}
      ${d.length?r`<div>
            <h5>${e.unsent(d.length)}</h5>
            <ul class="faults">
              ${d.slice(0,B).map(u=>r`<li><b>${u.kind}</b> <span>${u.reason}</span> <span class="muted">${u.fix}</span></li>`)}
            </ul>
            ${d.length>B?r`<p class="small muted">${e.unsentMore(d.length-B)}</p>`:o}
          </div>`:o}
      ${s.text?r`<details class="more">
              <summary>${p("chev","s")}${e.text}</summary>
              <pre class="raw report-text" tabindex="0">${s.text}</pre>
            </details>
            <div class="btns">
              <button class="btn" type="button" @click=${()=>void ee(t,s,i.root)}>${p("copy")}${e.copy}</button>
              ${!n&&l.accepted>0&&s.state!=="voided"?r`<button class="btn danger-quiet" type="button" aria-expanded=${i.asksVoid?"true":"false"} @click=${()=>i.ask(!i.asksVoid)}>${e.void}</button>`:o}
            </div>`:o}
      ${i.asksVoid?r`<div class="note warn" role="group" aria-label=${e.voidAsk}>
            ${p("alert")}
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
  </section>`}async function ee(t,e,s){const a=s.querySelector(".report-text"),i=a?.closest("details");if(await E(e.text??"",null)==="copied"){t.say(t.kit.copied);return}i&&(i.open=!0),await E(e.text??"",a),t.say(t.kit.copyByHand)}const se={testOnly:"Отправляется только в тестовый контур и только с тестовыми unti_id.",flow:"Поток",noFlows:"В этом проекте ещё нет потоков: пакет составлять не из чего.",learner:"Слушатель",chooseLearner:"Выберите слушателя",noLearners:"В этом потоке ещё нет слушателей.",noTestId:"нет тестового unti_id",manyLearners:t=>`Показаны первые ${t} слушателей потока.`,methodist:"unti_id методиста в тестовом контуре",methodistHint:"Без него структура программы в пакет не войдёт.",storage:"Хранилище S3 тестового контура",storageHint:"Необязательно. Без него виды записей с файлами попадут в отчёт как неотправленные. Данные используются один раз и не сохраняются.",send:"Отправить полный пакет",sending:"Отправляем…",earlier:"Отправленные раньше",open:t=>`Показать отчёт: ${t}`,report:"Отчёт",kind:"Вид",statements:"Записей",accepted:"Принято",refused:"Отклонено",totals:(t,e)=>`Принято ${t} из ${e}`,unsent:t=>`Не отправлено: ${t}`,unsentMore:t=>`И ещё ${t}: все перечислены в отчёте.`,refusals:"Отклонённые записи",text:"Текст отчёта",copy:"Скопировать отчёт",void:"Аннулировать в тестовом контуре",voidAsk:"Аннулировать отправленное?",voidText:"Мы отправим в тестовый контур записи об аннулировании. У следующего пакета будут новые номера записей.",voidDo:"Аннулировать",states:{}},ie={testOnly:"It goes to the test contour only, with test unti_ids only.",flow:"Flow",noFlows:"This project has no flows yet: there is nothing to make a package of.",learner:"Learner",chooseLearner:"Choose a learner",noLearners:"This flow has no learners yet.",noTestId:"no test unti_id",manyLearners:t=>`The first ${t} learners of the flow are shown.`,methodist:"The methodist’s unti_id of the test contour",methodistHint:"Without it the programme’s structure isn’t part of the package.",storage:"S3 storage of the test contour",storageHint:"Optional. Without it kinds with files are reported as not sent. The data are used once and not kept.",send:"Send the full package",sending:"Sending…",earlier:"Sent before",open:t=>`Show the report: ${t}`,report:"Report",kind:"Kind",statements:"Statements",accepted:"Accepted",refused:"Refused",totals:(t,e)=>`Accepted ${t} of ${e}`,unsent:t=>`Not sent: ${t}`,unsentMore:t=>`And ${t} more: all of them stand in the report.`,refusals:"Refused statements",text:"Text of the report",copy:"Copy the report",void:"Void in the test contour",voidAsk:"Void what was sent?",voidText:"Voiding statements go to the test contour. The next package has statement ids of its own.",voidDo:"Void",states:{running:"being sent",done:"sent and accepted as a whole",incomplete:"not sent as a whole",failed:"not sent",voiding:"being voided",voided:"voided","void-incomplete":"not voided as a whole"}},ae={ru:se,en:ie};var re=Object.defineProperty,ne=Object.getOwnPropertyDescriptor,w=(t,e,s,a)=>{for(var i=a>1?void 0:a?ne(e,s):e,n=t.length-1,l;n>=0;n--)(l=t[n])&&(i=(a?l(e,s,i):l(i))||i);return a&&i&&re(e,s,i),i};let y=class extends I{constructor(){super(...arguments),this.project="",this.flows=null,this.learners=null,this.earlier=[],this.shown=null,this.typed={},this.busy=!1,this.broken=null,this.problem=null,this.asksVoid=!1,this.abort=new AbortController}get words(){return ae[this.ctx.language]}get setup(){return z[this.ctx.language]}get path(){return Z(this.ctx.organization,this.project)}disconnectedCallback(){super.disconnectedCallback(),this.abort.abort(),this.abort=new AbortController}willUpdate(t){t.has("project")&&this.load()}async load(){this.broken=null;try{const[t,e]=await Promise.all([this.ctx.api.get(`${this.path}/scope`),this.ctx.api.get(`${this.path}/full-packages`,{query:{limit:10}})]);this.flows=t.data.known,this.earlier=e.data.items;const s=this.earlier.find(a=>a.state==="running"||a.state==="voiding");s&&this.follow(s.id),this.flows.length&&await this.chooseFlow(this.flows[0].flow)}catch(t){this.broken=t}}async chooseFlow(t){this.typed={...this.typed,flow:t,learner:""},this.learners=null;try{const e=await _t(this.ctx.api,this.ctx.organization,t);this.typed.flow===t&&(this.learners=e)}catch(e){this.broken=e}}async send(){if(this.busy||!this.typed.learner)return;this.busy=!0,this.problem=null;const{flow:t,learner:e,methodistTestUntiId:s,storageUrl:a,bucket:i,accessKeyId:n,secretKey:l}=this.typed,h=a||n||l?{storageUrl:a,accessKeyId:n,secretKey:l,...i?{bucket:i}:{}}:void 0;try{const d=await this.ctx.api.post(`${this.path}/stages/2/full-package`,{flow:Number(t),learner:Number(e),...s?.trim()?{methodistTestUntiId:s.trim()}:{},storage:h},{idempotencyKey:Y()});this.typed={...this.typed,secretKey:""},this.shown=d.data,await this.follow(d.data.id)}catch(d){this.problem=d}finally{this.busy=!1}}async follow(t){const{signal:e}=this.abort,s=a=>a.state!=="running"&&a.state!=="voiding";await this.ctx.api.follow(`${this.path}/full-packages/${t}`,{state:a=>this.shown=a,isFinal:s,signal:e}),!e.aborted&&(this.shown&&this.ctx.say(`${this.setup.package}: ${this.stateText(this.shown)}`),this.earlier=(await this.ctx.api.get(`${this.path}/full-packages`,{query:{limit:10}})).data.items)}async open(t){this.problem=null;try{this.shown=(await this.ctx.api.get(`${this.path}/full-packages/${t}`)).data,await this.updateComplete,this.renderRoot.querySelector("#report-title")?.focus()}catch(e){this.problem=e}}async voidShown(){this.asksVoid=!1,this.problem=null;const t=this.shown.id;try{this.shown=(await this.ctx.api.post(`${this.path}/full-packages/${t}/void`,{})).data,await this.follow(t)}catch(e){this.problem=e}}stateText(t){return this.words.states[t.state]??t.stateText}render(){const{ctx:t,words:e}=this;return this.broken?O(t,this.broken,()=>void this.load()):this.flows?this.flows.length?r`<div class="stack">
      <p class="small muted">${e.testOnly}</p>
      ${this.form()}
      ${this.problem&&!this.hasFieldFault()?O(t,this.problem):o}
      ${this.shown?te(t,e,this.shown,this.stateText(this.shown),{asksVoid:this.asksVoid,ask:s=>this.asksVoid=s,doVoid:()=>void this.voidShown(),root:this.renderRoot}):o}
      ${this.earlier.length?r`<div>
            <h4>${e.earlier}</h4>
            <ul class="plain">
              ${this.earlier.map(s=>r`<li>
                  <button class="btn quiet small" type="button" aria-label=${e.open(t.locale.moment(s.createdAt))} @click=${()=>void this.open(s.id)}>
                    ${t.locale.moment(s.createdAt)}
                  </button>
                  <span class="small muted">unti_id <span class="mono">${s.untiId}</span>, ${this.stateText(s)}</span>
                </li>`)}
            </ul>
          </div>`:o}
    </div>`:r`<p class="muted">${e.noFlows}</p>`:K(t)}hasFieldFault(){return this.problem instanceof x&&(this.problem.problem.errors?.length??0)>0}form(){const{words:t,typed:e,learners:s}=this,a=!!(e.storageUrl||e.accessKeyId||e.bucket);return r`<div class="fields">
        <div class="field wide">
          <label for="p-flow">${t.flow}</label>
          <div class="select">
            <select class="input" id="p-flow" @change=${i=>void this.chooseFlow(i.target.value)}>
              ${this.flows.map(i=>r`<option value=${i.flow} ?selected=${i.flow===e.flow}>${i.programme}, ${i.title}</option>`)}
            </select>${p("chevd","s")}
          </div>
        </div>
        <div class="field wide">
          <label for="p-learner">${t.learner}</label>
          ${s===null?K(this.ctx):s.learners.length===0?r`<p class="muted">${t.noLearners}</p>`:r`<div class="select">
                    <select class="input" id="p-learner" aria-describedby="p-learner-hint" @change=${i=>this.type("learner",i.target.value)}>
                      <option value="" ?selected=${!e.learner}>${t.chooseLearner}</option>
                      ${s.learners.map(i=>r`<option value=${i.id} ?disabled=${!i.testUntiId} ?selected=${i.id===e.learner}>${i.name} — ${i.testUntiId||t.noTestId}</option>`)}</select
                    >${p("chevd","s")}
                  </div>
                  <p class="hint" id="p-learner-hint">${s.more?t.manyLearners(this.ctx.locale.number(jt)):o}</p>`}
          ${this.faultAt("/learner")}
        </div>
        ${this.text("methodistTestUntiId",t.methodist,t.methodistHint)}
      </div>
      <details class="more" ?open=${a}>
        <summary>${p("chev","s")}${t.storage}</summary>
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
          ${this.busy?r`<span class="spin" aria-hidden="true"></span>${t.sending}`:t.send}
        </button>
        ${e.learner?o:r`<p class="small muted grow" id="p-why">${t.chooseLearner}</p>`}
      </div>`}type(t,e){this.typed={...this.typed,[t]:e}}faultAt(...t){if(!(this.problem instanceof x))return o;for(const e of t){const s=this.problem.field(e);if(s)return W(this.setup,{reason:s.reason,fix:s.fix??""},`p-err${e.replace(/\W/g,"-")}`)}return o}text(t,e,s="",a="text"){return r`<div class="field">
      <label for=${`p-${t}`}>${e}</label>
      <input
        class="input mono" id=${`p-${t}`} type=${a} autocomplete=${a==="password"?"new-password":"off"} spellcheck="false"
        inputmode=${t==="methodistTestUntiId"?"numeric":o}
        .value=${this.typed[t]??""} aria-describedby=${s?`p-${t}-hint`:o}
        @input=${i=>this.type(t,i.target.value)}
      />
      ${s?r`<p class="hint" id=${`p-${t}-hint`}>${s}</p>`:o} ${this.faultAt(`/${t}`,`/storage/${t}`)}
    </div>`}};y.styles=[A,F(U)];w([m()],y.prototype,"project",2);w([c()],y.prototype,"flows",2);w([c()],y.prototype,"learners",2);w([c()],y.prototype,"earlier",2);w([c()],y.prototype,"shown",2);w([c()],y.prototype,"typed",2);w([c()],y.prototype,"busy",2);w([c()],y.prototype,"broken",2);w([c()],y.prototype,"problem",2);w([c()],y.prototype,"asksVoid",2);y=w([P("u2035-package")],y);var oe=Object.defineProperty,le=Object.getOwnPropertyDescriptor,C=(t,e,s,a)=>{for(var i=a>1?void 0:a?le(e,s):e,n=t.length-1,l;n>=0;n--)(l=t[n])&&(i=(a?l(e,s,i):l(i))||i);return a&&i&&oe(e,s,i),i};function ce(t,e,s){const a=s?{confirm:!0}:{};return e==="other"?{sameStore:!1,expected:t.dueAgain,...a}:t.choices.some(i=>i.sameStore&&i.store===e)?{sameStore:!0,store:e,...a}:null}let k=class extends I{constructor(){super(...arguments),this.problem=null,this.details="",this.chosen="",this.sure=!1,this.waiting=!1}get words(){return z[this.ctx.language]}get code(){return this.problem instanceof x?this.problem.code:""}firstUpdated(){this.renderRoot.querySelector("dialog").showModal()}willUpdate(t){(t.has("problem")||t.has("question"))&&(this.waiting=!1)}choose(t){this.chosen=t,this.sure=!1}confirm(){const t=ce(this.question,this.chosen,this.sure);!t||this.waiting||(this.waiting=!0,this.dispatchEvent(new CustomEvent("chosen",{detail:t})))}close(){this.renderRoot.querySelector("dialog").close()}render(){const{ctx:t,words:e,question:s}=this,a=s.earlierStores.filter(n=>s.choices.some(l=>l.sameStore&&l.store===n.id)),i=this.code==="integration.store-evidence";return r`<dialog class="dialog" aria-labelledby="store-title" aria-describedby="store-lead" @close=${()=>this.dispatchEvent(new CustomEvent("closed"))}>
      <div class="dialog-head plain-head"><h2 id="store-title">${e.storeTitle}</h2><p id="store-lead">${e.storeLead}</p></div>
      <div class="dialog-body" role="radiogroup" aria-labelledby="store-title">
        ${a.map(n=>this.option(n.id,e.storeSame,r`${e.storeSameText} ${this.storeFacts(n)}`))}
        ${this.option("other",e.storeOther,r`${e.storeOtherText(t.locale.count(s.dueAgain,e.storeStatements))}`)}
        ${this.code==="integration.confirm-counts"?r`<div class="note warn" role="alert">${p("alert")}<p>${e.storeCountsChanged}</p></div>`:i?r`<div class="note warn" role="alert">${p("alert")}
                <div class="stack-s"><p>${this.details}</p>
                  <label class="choice"><input type="checkbox" .checked=${this.sure} @change=${n=>this.sure=n.target.checked} /><span>${e.storeSure}</span></label>
                </div></div>`:this.problem?O(t,this.problem):o}
      </div>
      <div class="dialog-foot">
        <button class="btn" type="button" @click=${()=>this.close()}>${t.kit.cancel}</button>
        <button class="btn primary" type="button" ?disabled=${!this.chosen||i&&!this.sure} aria-busy=${this.waiting?"true":o} @click=${()=>this.confirm()}>
          ${this.waiting?r`<span class="spin" aria-hidden="true"></span>${e.storeConfirming}`:e.storeConfirm}
        </button>
      </div>
    </dialog>`}option(t,e,s){return r`<label class="choice boxed">
      <input type="radio" name="store" value=${t} .checked=${this.chosen===t} @change=${()=>this.choose(t)} />
      <span><b>${e}</b><small>${s}</small></span>
    </label>`}storeFacts(t){const{ctx:e,words:s}=this,{counts:a,evidence:i}=t,n=l=>l?e.locale.day(l):s.storeStillOpen;return r`<span class="mono">${t.endpoint}</span>,
      ${s.storeUsed(n(t.createdAt),n(t.closedAt))}; ${s.storeCounts(e.locale.number(a.accepted),e.locale.number(a.confirmed))}.
      ${i===null?s.storeUnread:i.found>0?s.storeFound(e.locale.number(i.found),e.locale.number(i.asked)):i.missing===i.asked?s.storeNotFound(e.locale.number(i.asked)):s.storeUnread}`}};k.styles=[A,F(U)];C([m({attribute:!1})],k.prototype,"question",2);C([m({attribute:!1})],k.prototype,"problem",2);C([m()],k.prototype,"details",2);C([c()],k.prototype,"chosen",2);C([c()],k.prototype,"sure",2);C([c()],k.prototype,"waiting",2);k=C([P("u2035-store-choice")],k);function de({words:t,busy:e},s){return r`<section class="panel empty">
    ${p("plug")}
    <h2>${t.notOpened}</h2>
    <p>${t.notOpenedText}</p>
    <button class="btn primary" type="button" aria-busy=${e==="open"?"true":o} @click=${s}>${t.start}${p("right")}</button>
  </section>`}function he({ctx:t,words:e,wizard:s},{alone:a,replacing:i,replace:n,replaced:l}){const h=Ot[t.language],d=s.canReplaceKey===!0;return r`<section class="panel empty done-view">
      ${p("okc")}
      <h2 id="stage-title" tabindex="-1">${e.activeTitle}</h2>
      ${s.warning?o:r`<p>${e.activeText}</p>`}
      ${s.hint?r`<p>${s.hint}</p>`:o}
      <div class="btns">
        <button class="btn ${a?"primary":""}" id="replace" type="button" aria-haspopup="dialog" aria-disabled=${d?o:"true"} aria-describedby="why-replace" @click=${()=>d?n(!0):void 0}>${p("key")}${h.replace}</button>
        ${a?o:r`<button class="btn primary" type="button" @click=${()=>t.go("")}>${e.toList}</button>`}
      </div>
      <p class="hint" id="why-replace">${d?h.replaceText:h.replaceOff}</p>
    </section>
    ${i?r`<u2035-replace .ctx=${t} .card=${s} @replaced=${l} @closed=${()=>n(!1)}></u2035-replace>`:o}`}var pe=Object.defineProperty,ue=Object.getOwnPropertyDescriptor,$=(t,e,s,a)=>{for(var i=a>1?void 0:a?ue(e,s):e,n=t.length-1,l;n>=0;n--)(l=t[n])&&(i=(a?l(e,s,i):l(i))||i);return a&&i&&pe(e,s,i),i};let f=class extends I{constructor(){super(...arguments),this.project="",this.alone=!1,this.moved=!1,this.known=null,this.broken=null,this.check=null,this.busy="",this.problem=null,this.conflict=!1,this.question=null,this.questionError=null,this.revealed=new Set,this.opened=new Set,this.drafts={},this.faults={},this.now=Date.now(),this.choosing=0,this.people=new Map,this.replacing=!1,this.watched="",this.abort=new AbortController,this.clock=0,this.called=t=>this.people.get(t)??t}get words(){return z[this.ctx.language]}get wizard(){return this.known}get client(){return new bt(this.ctx.api,this.ctx.organization,this.project)}disconnectedCallback(){super.disconnectedCallback(),this.stop()}connectedCallback(){super.connectedCallback(),this.hasUpdated&&this.load()}willUpdate(t){t.has("project")||this.isElsewhere(t)?(this.stop(),this.known=this.broken=this.check=null,this.drafts={},this.faults={},this.load()):t.has("ctx")&&this.known&&this.load()}stop(){this.abort.abort(),this.abort=new AbortController,this.watched="",window.clearInterval(this.clock)}async load(){const{signal:t}=this.abort;try{const e=await this.client.read();if(t.aborted)return;const s=!this.known;this.take(e.data),s&&this.moved&&await this.focusOn("h1")}catch(e){t.aborted||(this.broken=e)}}async call(t){if(this.people.has(t))return;const e=await $t(this.ctx.api,t);this.people=new Map(this.people).set(t,e)}take(t){this.known=t,this.broken=null;for(const e of new Set(t.stages.flatMap(s=>s.passedBy??[])))this.call(e);t.runningCheck?this.watch(t.runningCheck.id):((t.lastCheck?.id!==this.check?.id||this.check?.state==="running")&&this.blame(t.lastCheck),this.check=t.lastCheck)}async watch(t){if(this.watched===t)return;this.watched=t;const{signal:e}=this.abort;this.clock=window.setInterval(()=>this.now=Date.now(),1e3);try{await this.client.follow(t,a=>this.check=a,e)}catch(a){this.problem=a}if(e.aborted)return;window.clearInterval(this.clock),this.watched="";const s=this.check;this.blame(s),await this.load(),s?.state==="passed"?this.ctx.say(this.words.passedSay(s.stage)):s&&this.ctx.say(this.words.failedSay(N(s)?.cause??""),!0),await this.catchFocus(s?.state==="passed"?"#continue-button":'#check-button:enabled, [aria-invalid="true"]')}blame(t){if(!t||t.purpose!=="stage"||t.state==="running")return;const e=t.stage,s=N(t);if(!s){this.drafts={...this.drafts,[e]:void 0},this.faults={...this.faults,[e]:void 0},this.revealed=new Set;return}const a={pair:this.draftOf(e).mode==="pair",endpoint:e===4&&!!this.known&&M(this.known)},i={title:this.words.failedStep(s.title||s.name),observed:s.observed,reason:s.cause,fix:s.fix};this.faults={...this.faults,[e]:Object.fromEntries(rt(s,a).map(n=>[n,i]))}}draftOf(t){return this.drafts[t]??St()}faultsOf(t){return this.faults[t]??{}}redraft(t,e){this.drafts={...this.drafts,[t]:{...this.draftOf(t),...e}}}input(t,e,s){this.redraft(t,{values:{...this.draftOf(t).values,[e]:s}}),this.faults[t]?.[e]&&(this.faults={...this.faults,[t]:{...this.faults[t],[e]:void 0}})}setMode(t,e){this.redraft(t,{mode:e})}reveal(t){const e=new Set(this.revealed);e.delete(t)||e.add(t),this.revealed=e}edit(t,e){this.redraft(t,{editing:!0,values:{}}),this.focusOn(`#f-${e}`)}keepSaved(t){this.drafts={...this.drafts,[t]:void 0},this.faults={...this.faults,[t]:void 0},this.focusOn(".stage-body .peek")}startCheck(t){if(at(this.wizard,t,this.draftOf(t))!=="ready"||this.busy)return;const{body:e}=H(this.wizard,t,this.draftOf(t));this.faults={...this.faults,[t]:void 0},this.perform("check",async()=>{const s=await this.client.check(t,this.wizard.version,e);this.check=s.data,this.now=Date.now(),this.ctx.say(this.words.startedSay),await this.load()},t)}continueStage(t){this.perform("continue",async()=>{this.take((await this.client.continue(t,this.wizard.version)).data),await this.showStage()},t)}select(t){this.choosing=t,this.perform("select",async()=>{this.take((await this.client.select(t,this.wizard.version)).data),this.ctx.say(R(X(this.wizard,t).title))}).finally(()=>this.choosing=0)}openCard(){this.perform("open",async()=>{this.take((await this.client.open(this.wizard.version)).data),await this.showStage()})}letterSent(){this.load()}letterCopied(t){const e=()=>this.client.copied(t,this.wizard.version);e().catch(async s=>{if(!(s instanceof x)||s.status!==412)throw s;return await this.load(),e()}).then(s=>this.take(s.data)).catch(s=>this.problem=s)}async perform(t,e,s){if(!this.busy){this.busy=t,this.problem=null,this.conflict=!1;try{await e()}catch(a){await this.refused(a,s)}finally{this.busy=""}}}async refused(t,e){const s=G(t),a=t instanceof x?t.status:0;if(a===412&&Q(s)){this.take(s),this.conflict=!0,this.ctx.say(this.words.conflict,!0),await this.catchFocus("#stage-title");return}if(a===409&&s&&"choices"in s){this.question=s,this.questionError=null;return}const i=Ct(t,!!e&&this.draftOf(e).mode==="pair");if(e&&Object.keys(i).length>0){this.faults={...this.faults,[e]:i},await this.focusOn('[aria-invalid="true"]');return}a===409&&await this.load(),this.problem=t}async answerQuestion(t){this.questionError=null;try{this.take((await this.client.continue(4,this.wizard.version,t)).data),this.question=null,await this.showStage()}catch(e){const s=G(e);Q(s)?(this.question=null,await this.refused(e)):(s&&"choices"in s&&(this.question=s),this.questionError=e)}}async showStage(){this.revealed=new Set,this.opened=new Set,await this.focusOn("#stage-title")}async catchFocus(t){await this.updateComplete,(!document.activeElement||document.activeElement===document.body||this.shadowRoot?.activeElement?.matches(":disabled"))&&await this.focusOn(t)}async focusOn(t){await this.updateComplete,(this.renderRoot.querySelector(t)??this.renderRoot.querySelector(".stage-body input"))?.focus()}disclosure(t,e,s){const a=i=>{const n=new Set(this.opened);i.target.open?n.add(t):n.delete(t),this.opened=n};return r`<details class="more" ?open=${this.opened.has(t)} @toggle=${a}>
      <summary>${p("chev","s")}${e}</summary>
      ${this.opened.has(t)?r`<div class="inside">${s()}</div>`:o}
    </details>`}render(){if(this.broken)return r`${this.crumbs(this.project)}${O(this.ctx,this.broken,()=>void this.load(),mt[this.ctx.language])}`;if(!this.known)return K(this.ctx);const{words:t,wizard:e}=this;return r`${this.crumbs(e.title)}
      <div class="page-head"><div class="title-line"><h1 tabindex="-1">${e.title}</h1>${Lt(e)}</div></div>
      ${e.warning?r`<div class="note bad above" role="alert">${p("alert")}<p>${e.warning}</p></div>`:o}
      ${this.conflict?r`<div class="note warn above">${p("users")}<p>${t.conflict}</p></div>`:o}
      ${this.problem?r`<div class="above">${O(this.ctx,this.problem)}</div>`:o}
      ${e.status==="not-done"?de(this,()=>this.openCard()):e.status==="active"?he(this,{alone:this.alone,replacing:this.replacing,replace:s=>void this.replace(s),replaced:()=>void this.load()}):this.stages()}
      ${this.question?r`<u2035-store-choice
            .ctx=${this.ctx}
            .question=${this.question}
            .problem=${this.questionError}
            .details=${this.questionError?ut(this.ctx.kit,this.questionError).detail:""}
            @chosen=${s=>void this.answerQuestion(s.detail)}
            @closed=${()=>this.question=null}
          ></u2035-store-choice>`:o}`}async replace(t){try{t&&await ft(()=>import("./plugin-u2035-replace.js"),[],import.meta.url),this.replacing=t}catch(e){this.problem=e}}crumbs(t){if(this.alone)return o;const e=s=>{s.preventDefault(),this.ctx.go("")};return r`<nav class="crumbs" aria-label=${this.words.crumbs}>
      <a href="#" @click=${e}>${this.words.backToList}</a>${p("chev","s")}<span aria-current="page">${t}</span>
    </nav>`}stages(){const{words:t,wizard:e}=this,s=X(e,e.stage);return r`<div class="wizard">
      ${Mt(t,this.ctx.locale,e,this.choosing||e.stage,this.called,a=>this.select(a))}
      <section class="panel" aria-labelledby="stage-title">
        <div class="stage-head">
          <p class="eyebrow">${t.stageOf(s.number)}</p>
          <h2 id="stage-title" tabindex="-1">${R(s.title)}</h2>
          ${Vt(t,this.ctx.locale,s,this.called)}
          ${Et(s.text)}
        </div>
        ${s.number===1||s.number===3?Kt(this,s):qt(this,s)}
      </section>
    </div>`}};f.styles=[A,F(U)];$([m()],f.prototype,"project",2);$([m({type:Boolean})],f.prototype,"alone",2);$([m({type:Boolean})],f.prototype,"moved",2);$([c()],f.prototype,"known",2);$([c()],f.prototype,"broken",2);$([c()],f.prototype,"check",2);$([c()],f.prototype,"busy",2);$([c()],f.prototype,"problem",2);$([c()],f.prototype,"conflict",2);$([c()],f.prototype,"question",2);$([c()],f.prototype,"questionError",2);$([c()],f.prototype,"revealed",2);$([c()],f.prototype,"opened",2);$([c()],f.prototype,"drafts",2);$([c()],f.prototype,"faults",2);$([c()],f.prototype,"now",2);$([c()],f.prototype,"choosing",2);$([c()],f.prototype,"people",2);$([c()],f.prototype,"replacing",2);f=$([P("u2035-setup")],f);export{f as U2035Setup};
