import{b as n,A as o,i as f,_ as O,P as Q,f as _,g as q,l as W,w as J,a as X,r as Y,n as S,d as h,t as Z}from"./u2035.js";import{p as tt}from"./plugin-session.js";import{I as et,c as A,a as j,w as st}from"./plugin-wizard.js";import{c as T,i as I,a as it,d as at,w as N,p as C,h as P,e as L,g as D,j as E,f as y,k as F,l as nt,m as rt,b as x,t as ct,n as ot,o as z,q as lt,s as dt}from"./plugin-texts.js";import{l as R}from"./plugin-later.js";import{r as ut}from"./plugin-role.js";import{s as $,d as g,b as B,f as w,a as pt,t as ht}from"./plugin-texts2.js";import{c as ft}from"./plugin-clipboard.js";import{l as bt}from"./plugin-live.js";import"./plugin-u2035-letter.js";import"./plugin-directive-helpers.js";function $t(t){const s=[];let e=[];const i=()=>{e.length&&s.push(n`<ul class="lead dashes">${e.map(a=>n`<li>${a}</li>`)}</ul>`),e=[]};for(const a of t.split(`
`))/^[–-]\s/.test(a)?e.push(a.slice(2)):(i(),a.trim()&&s.push(n`<p class="lead">${a}</p>`));return i(),s}function K(t,s){const{why:e}=t.words,i=s.continueText??"";switch(T(t.wizard,s.number)){case"ready":return"";case"running":return e.running;case"locked":return e.locked;case"passed":return e.passed(i);case"unchecked":return e.unchecked(i)}}function U(t,s,e,i=o){const a=T(t.wizard,s.number)==="ready",r=t.busy==="continue";return n`<button
    class=${e?"btn primary":"btn"}
    id="continue-button"
    type="button"
    ?disabled=${!a}
    aria-disabled=${r?"true":o}
    aria-busy=${r?"true":o}
    aria-describedby="why-continue"
    @click=${()=>t.continueStage(s.number)}
  >
    ${r?n`<span class="spin" aria-hidden="true"></span>`:o}${s.continueText}${i}
  </button>`}function M(t){const{ctx:s,words:e,wizard:i}=t;if(!i.guid)return o;const a=async r=>{const c=r.currentTarget.parentElement.querySelector("code");s.say(await ft(i.guid,c)==="copied"?`${s.kit.copied}: guid`:e.selected)};return n`<dl class="guid">
    <dt>${e.guid}</dt>
    <dd>
      <code>${i.guid}</code>
      <button class="btn small" type="button" aria-label=${e.copyGuid} @click=${a}>${f("copy","s")}${e.copyGuid}</button>
    </dd>
  </dl>`}const wt=R(()=>O(()=>import("./plugin-u2035-package.js"),[],import.meta.url));function mt(t,s){const{words:e,wizard:i}=t,a=s.number,r=i.runningCheck?.stage===a,c=k(t,a);return n`<div class="stage-body">
      ${I(i,a,t.draftOf(a))?gt(t,a):kt(t,s)}
      <div class="stack-s">
        <div class="btns">${xt(t,s)}</div>
        ${r||k(t,a)?o:n`<p class="small muted">${e.noData}</p>`}
      </div>
      ${c?n`${Ot(t,a)}
          ${it({ctx:t.ctx,words:e,check:c,withStorage:at(c,i)||r&&a===4&&N(i,t.draftOf(4)),now:t.now})}
          ${r?n`<p class="small muted">${e.closeAllowed}</p>`:o}
          ${c.state==="failed"?t.disclosure(`support-${c.id}`,e.supportLetter,()=>n`<u2035-letter
                .ctx=${t.ctx} .project=${t.project} .kind=${"support"} .check=${c.id} .label=${e.supportLetter}
              ></u2035-letter>`):o}`:o}
      ${a===2?n`${M(t)}${St(t)}`:o}
    </div>
    <div class="stage-foot">
      <p id="why-continue">${K(t,s)||e.ready[a]}</p>
      ${U(t,s,C(i,a,!1)==="continue",a===4?f("check"):o)}
    </div>`}function k(t,s){const{check:e}=t;return e&&e.stage===s&&e.purpose==="stage"?e:null}function vt(t,s){return{words:t.words,draft:t.draftOf(s),stored:e=>rt(t.wizard,s,e),storedEnd:e=>e==="basic"&&H(t,s)?void 0:nt(t.wizard,s,e),faults:t.faultsOf(s),revealed:t.revealed,locked:!!t.wizard.runningCheck||t.busy==="check",input:(e,i)=>t.input(s,e,i),reveal:e=>t.reveal(e),setMode:e=>t.setMode(s,e),submit:()=>t.startCheck(s)}}function H(t,s){return P(t.wizard,s)&&E(t.wizard,s,t.draftOf(s)).body.endpoint!==void 0}function kt(t,s){const{words:e,wizard:i}=t,a=s.number,r=vt(t,a),c=P(i,a),l=Object.values(t.draftOf(a).values).some(Boolean),d=H(t,a)?e.basicForAddress:!c&&s.tried&&!l?e.tried(s.tried.lastFour):"",b=c?n`<div class="note">
        ${f("lock")}
        <div>
          <p>${a===4?e.changeSome:e.changeBasic}</p>
          <div class="btns"><button class="btn small" type="button" ?disabled=${r.locked} @click=${()=>t.keepSaved(a)}>${e.keepSaved}</button></div>
        </div>
      </div>`:o;return a===2?n`${b}${B(r,e.basicLabel[2],d)}`:n`${b}
    <fieldset>
      <legend class="group-title">${e.firstLetter} <small>${e.firstLetterNote}</small></legend>
      <div class="stack">
        ${L(i)?w(r,{name:"endpoint",hint:e.endpointHint,placeholder:"https://"}):o}
        ${B(r,e.basicLabel[4],d)}
      </div>
    </fieldset>
    ${yt(t,r)}`}function yt(t,s){const{words:e,wizard:i}=t;return i.s3==="none"?n`<p class="small muted">${e.storageNone}</p>`:n`<fieldset>
    <legend class="group-title">${e.secondLetter} <small>${e.secondLetterNote}</small></legend>
    ${i.s3==="optional"?n`<p class="hint optional" role="status">${i.credentials.storage&&!N(i,t.draftOf(4))?e.storageEmptied:e.storageOptional}</p>`:o}
    <div class="fields">
      ${w(s,{name:"userId"})} ${w(s,{name:"accessKeyId"})}
      ${w(s,{name:"secretKey",secret:!0,wide:!0})}
      ${w(s,{name:"storageUrl",wide:!0,hint:e.urlHint,placeholder:"https://"})}
      ${w(s,{name:"bucket",wide:!0,hint:e.bucketHint,below:V(t,a=>s.input("bucket",a))})}
    </div>
  </fieldset>`}function V(t,s){const{words:e}=t,i=y(k(t,4))?.choices??[];return i.length===0?o:n`<div class="btns" role="group" aria-label=${e.chooseBucket}>
    ${i.map(a=>n`<button class="btn small" type="button" @click=${()=>s(a)}>${e.useBucket(a)}</button>`)}
  </div>`}function gt(t,s){const{words:e,wizard:i}=t,{testBasic:a,productionBasic:r,storage:c}=i.credentials,l=b=>i.runningCheck?null:()=>t.edit(s,b),d=$(e,{id:"s-basic",label:e.basicLabel[s],value:g((s===2?a:r)?.lastFour??""),edit:l("basic")});return s===2?d:n`<fieldset>
      <legend class="group-title">${e.firstLetter} <small>${e.firstLetterNote}</small></legend>
      ${d}
    </fieldset>
    ${c?n`<fieldset>
          <legend class="group-title">${e.secondLetter} <small>${e.secondLetterNote}</small></legend>
          <div class="fields">
            ${$(e,{id:"s-user",label:e.fieldNames.userId,value:c.userId,edit:l("userId")})}
            ${$(e,{id:"s-access",label:e.fieldNames.accessKeyId,value:g(c.accessKeyId),edit:l("accessKeyId")})}
            ${$(e,{id:"s-secret",label:e.fieldNames.secretKey,value:g(c.secretKey?.lastFour??""),wide:!0,edit:l("secretKey")})}
            ${$(e,{id:"s-url",label:e.fieldLabels.storageUrl,value:c.storageUrl,wide:!0,edit:l("storageUrl")})}
            ${c.bucket?$(e,{id:"s-bucket",label:e.fieldLabels.bucket,value:c.bucket,wide:!0,edit:l("bucket")}):o}
          </div>
        </fieldset>`:i.s3==="none"?n`<p class="small muted">${e.storageNone}</p>`:o}`}function xt(t,s){const{ctx:e,words:i,wizard:a}=t,r=s.number,c=t.draftOf(r),l=D(a,r,c),d=a.runningCheck?.stage===r||t.busy==="check",b=k(t,r),m=d?"":l==="running"?i.checkElsewhere:l==="saved"?b?.state==="passed"&&b.finishedAt?i.checkSaved(e.locale.moment(b.finishedAt)):i.checkSavedNever:l==="empty"?i.checkEmpty(E(a,r,c).missing.map(v=>v==="basic"?i.basicLabel[r]:i.fieldNames[v]??i.fieldLabels[v]).join(", ")):l==="unchanged"?i.checkUnchanged:"";return n`<button
      class=${C(a,r,!1)==="check"&&l==="ready"&&!d?"btn primary":"btn"}
      id="check-button"
      type="button"
      ?disabled=${!d&&l!=="ready"}
      aria-busy=${d?"true":o}
      aria-disabled=${d?"true":o}
      aria-describedby=${m?"why-check":o}
      @click=${()=>t.startCheck(r)}
    >
      ${d?n`<span class="spin" aria-hidden="true"></span>${i.checking}`:s.checkText}
    </button>
    ${m?n`<p class="small muted grow" id="why-check">${m}</p>`:o}`}function Ot(t,s){const e=k(t,s),i=y(e);if(!e||!i)return o;const{words:a,wizard:r}=t,c=t.draftOf(s).mode==="pair";if(!I(r,s,t.draftOf(s))&&F(i,{pair:c,endpoint:s===4&&L(r)}).length>0)return o;const d=b=>{t.edit(s,"bucket"),t.input(s,"bucket",b)};return pt(a,{title:a.failedStep(i.title||i.name),observed:i.observed,reason:i.cause,fix:i.fix},"check-fault",s===4?V(t,d):o)}function St(t){const{words:s}=t;return n`<section class="part" aria-labelledby="package-title">
    <h3 id="package-title">${s.package}</h3>
    <p class="small muted">${s.packageLead}</p>
    ${t.wizard.credentials.testBasic?t.disclosure("package",s.packageSend,()=>n`${wt(t,()=>n`<u2035-package .ctx=${t.ctx} .project=${t.project}></u2035-package>`)}`):n`<p class="small muted">${s.packageNeedsCheck}</p>`}
  </section>`}function Ct(t,s){const{ctx:e,words:i,wizard:a}=t,r=s.number,c=!!s.reminder,l=C(a,r,c),d=(b,m,v)=>n`<u2035-letter
      .ctx=${e}
      .project=${t.project}
      .kind=${b}
      .primary=${m}
      .label=${v}
      @letter-copied=${()=>t.letterCopied(b)}
      @letter-sent=${()=>t.letterSent()}
    ></u2035-letter>`;return n`<div class="stage-body">
      ${Lt(t,s)}
      ${r===3?M(t):o}
      ${d(s.letter??"test-access",l==="letter",i.letterLabel)}
      ${s.storageLetter?t.disclosure(`letter-${s.storageLetter}`,i.noStorageAccess,()=>d(s.storageLetter,!1,i.storageLetterLabel)):o}
    </div>
    <div class="stage-foot">
      <p id="why-continue">${K(t,s)||i.letterFoot}</p>
      ${U(t,s,l==="continue",f("right"))}
    </div>`}function Lt(t,s){const{reminder:e}=s;if(!e||s.state==="done")return o;const{ctx:i,words:a}=t,r=i.locale.day(e.copiedAt);return e.due?n`<div class="note warn" role="status">
    ${f("clock")}
    <div><h3>${a.reminderTitle}</h3><p>${a.reminderText(r)}</p></div>
  </div>`:n`<p class="small muted">${a.letterCopiedOn(r,i.locale.day(e.remindAt))}</p>`}function G(t,s=!1){return s?"now":t.state==="locked"?"locked":t.state==="failed"?"fail":t.state==="done"?"done":t.canCheck!==void 0&&t.canContinue?"passed":"now"}const Et={locked:"lock",fail:"excl",done:"check",passed:"check",now:"half"};function _t(t,s,e){return e.state==="locked"?t.opensAfter(e.number-1):s.runningCheck?.stage===e.number?t.checkRuns:G(e)==="passed"?`${e.statusText}, ${t.checkPassed}`:e.statusText}function qt(t,s,e,i){const a=[e.openedAt?t.stageOpened(s.day(e.openedAt)):"",e.passedAt?t.stagePassed(s.moment(e.passedAt),i(e.passedBy??"")):""].filter(Boolean);return a.length>0?n`<p class="small muted">${a.join(". ")}.</p>`:o}function At(t,s,e,i,a,r){return n`<div class="stepper" role="radiogroup" aria-label=${t.stages}>
    <ol role="presentation">
      ${e.stages.map(c=>{const l=G(c,e.runningCheck?.stage===c.number),d=i===c.number;return n`<li class=${d?`${l} here`:l} role="presentation">
          <label class="step">
            <input type="radio" name="stage" value=${c.number} .checked=${bt(d)} ?disabled=${!c.canSelect} @change=${()=>r(c.number)} />
            <b><span class="full">${c.number}. ${x(c.title)}</span><span class="short" aria-hidden="true">${t.short[c.number-1]}</span></b>
            <span class="state">${f(Et[l])}<span>${_t(t,e,c)}</span></span>
            ${c.state==="done"&&c.passedAt?n`<small class="when">${[s.day(c.passedAt),a(c.passedBy??"")].filter(Boolean).join(", ")}</small>`:o}
          </label>
        </li>`})}
    </ol>
  </div>`}function jt({words:t,busy:s},e){return n`<section class="panel empty">
    ${f("plug")}
    <h2>${t.notOpened}</h2>
    <p>${t.notOpenedText}</p>
    <button class="btn primary" type="button" aria-busy=${s==="open"?"true":o} @click=${e}>${t.start}${f("right")}</button>
  </section>`}function zt({ctx:t,words:s,wizard:e},{alone:i,replacing:a,replace:r,replaced:c}){const l=ct[t.language],d=e.canReplaceKey===!0;return n`<section class="panel empty done-view">
      ${f("okc")}
      <h2 id="stage-title" tabindex="-1">${s.activeTitle}</h2>
      ${e.warning?o:n`<p>${s.activeText}</p>`}
      ${e.hint?n`<p>${e.hint}</p>`:o}
      <div class="btns">
        <button class="btn ${i?"primary":""}" id="replace" type="button" aria-haspopup="dialog" aria-disabled=${d?o:"true"} aria-describedby="why-replace" @click=${()=>d?r(!0):void 0}>${f("key")}${l.replace}</button>
        ${i?o:n`<button class="btn primary" type="button" @click=${()=>t.go("")}>${s.toList}</button>`}
      </div>
      <p class="hint" id="why-replace">${d?l.replaceText:l.replaceOff}</p>
    </section>
    ${a?n`<u2035-replace .ctx=${t} .card=${e} @replaced=${c} @closed=${()=>r(!1)}></u2035-replace>`:o}`}var Bt=Object.defineProperty,Tt=Object.getOwnPropertyDescriptor,p=(t,s,e,i)=>{for(var a=i>1?void 0:i?Tt(s,e):s,r=t.length-1,c;r>=0;r--)(c=t[r])&&(a=(i?c(s,e,a):c(a))||a);return i&&a&&Bt(s,e,a),a};const It=R(()=>O(()=>import("./plugin-u2035-store-choice.js"),[],import.meta.url));let u=class extends Q{constructor(){super(...arguments),this.project="",this.alone=!1,this.moved=!1,this.known=null,this.broken=null,this.check=null,this.busy="",this.problem=null,this.conflict=!1,this.question=null,this.questionError=null,this.revealed=new Set,this.opened=new Set,this.drafts={},this.faults={},this.now=Date.now(),this.choosing=0,this.people=new Map,this.replacing=!1,this.watched="",this.abort=new AbortController,this.clock=0,this.called=t=>this.people.get(t)??t}get words(){return ht[this.ctx.language]}get wizard(){return this.known}get client(){return new et(this.ctx.api,this.ctx.organization,this.project)}disconnectedCallback(){super.disconnectedCallback(),this.stop()}connectedCallback(){super.connectedCallback(),this.hasUpdated&&this.load()}willUpdate(t){t.has("project")||this.isElsewhere(t)?(this.stop(),this.known=this.broken=this.check=null,this.drafts={},this.faults={},this.load()):t.has("ctx")&&this.known&&this.load()}stop(){this.abort.abort(),this.abort=new AbortController,this.watched="",window.clearInterval(this.clock)}async load(){const{signal:t}=this.abort;try{const s=await this.client.read();if(t.aborted)return;const e=!this.known;this.take(s.data),e&&this.moved&&await this.focusOn("h1")}catch(s){t.aborted||(this.broken=s)}}async call(t){if(this.people.has(t))return;const s=await tt(this.ctx.api,t);this.people=new Map(this.people).set(t,s)}take(t){this.known=t,this.broken=null;for(const s of new Set(t.stages.flatMap(e=>e.passedBy??[])))this.call(s);t.runningCheck?this.watch(t.runningCheck.id):((t.lastCheck?.id!==this.check?.id||this.check?.state==="running")&&this.blame(t.lastCheck),this.check=t.lastCheck)}async watch(t){if(this.watched===t)return;this.watched=t;const{signal:s}=this.abort;this.clock=window.setInterval(()=>this.now=Date.now(),1e3);try{await this.client.follow(t,i=>this.check=i,s)}catch(i){this.problem=i}if(s.aborted)return;window.clearInterval(this.clock),this.watched="";const e=this.check;this.blame(e),await this.load(),e?.state==="passed"?this.ctx.say(this.words.passedSay(e.stage)):e&&this.ctx.say(this.words.failedSay(y(e)?.cause??""),!0),await this.catchFocus(e?.state==="passed"?"#continue-button":'#check-button:enabled, [aria-invalid="true"]')}blame(t){if(!t||t.purpose!=="stage"||t.state==="running")return;const s=t.stage,e=y(t);if(!e){this.drafts={...this.drafts,[s]:void 0},this.faults={...this.faults,[s]:void 0},this.revealed=new Set;return}const i={pair:this.draftOf(s).mode==="pair",endpoint:s===4&&!!this.known&&L(this.known)},a={title:this.words.failedStep(e.title||e.name),observed:e.observed,reason:e.cause,fix:e.fix};this.faults={...this.faults,[s]:Object.fromEntries(F(e,i).map(r=>[r,a]))}}draftOf(t){return this.drafts[t]??ot()}faultsOf(t){return this.faults[t]??{}}redraft(t,s){this.drafts={...this.drafts,[t]:{...this.draftOf(t),...s}}}input(t,s,e){this.redraft(t,{values:{...this.draftOf(t).values,[s]:e}}),this.faults[t]?.[s]&&(this.faults={...this.faults,[t]:{...this.faults[t],[s]:void 0}})}setMode(t,s){this.redraft(t,{mode:s})}reveal(t){const s=new Set(this.revealed);s.delete(t)||s.add(t),this.revealed=s}edit(t,s){this.redraft(t,{editing:!0,values:{}}),this.focusOn(`#f-${s}`)}keepSaved(t){this.drafts={...this.drafts,[t]:void 0},this.faults={...this.faults,[t]:void 0},this.focusOn(".stage-body .peek")}startCheck(t){if(D(this.wizard,t,this.draftOf(t))!=="ready"||this.busy)return;const{body:s}=E(this.wizard,t,this.draftOf(t));this.faults={...this.faults,[t]:void 0},this.perform("check",async()=>{const e=await this.client.check(t,this.wizard.version,s);this.check=e.data,this.now=Date.now(),this.ctx.say(this.words.startedSay),await this.load()},t)}continueStage(t){this.perform("continue",async()=>{this.take((await this.client.continue(t,this.wizard.version)).data),await this.showStage()},t)}select(t){this.choosing=t,this.perform("select",async()=>{this.take((await this.client.select(t,this.wizard.version)).data),this.ctx.say(x(z(this.wizard,t).title))}).finally(()=>this.choosing=0)}openCard(){this.perform("open",async()=>{this.take((await this.client.open(this.wizard.version)).data),await this.showStage()})}letterSent(){this.load()}letterCopied(t){const s=()=>this.client.copied(t,this.wizard.version);s().catch(async e=>{if(!(e instanceof _)||e.status!==412)throw e;return await this.load(),s()}).then(e=>this.take(e.data)).catch(e=>this.problem=e)}async perform(t,s,e){if(!this.busy){this.busy=t,this.problem=null,this.conflict=!1;try{await s()}catch(i){await this.refused(i,e)}finally{this.busy=""}}}async refused(t,s){const e=A(t),i=t instanceof _?t.status:0;if(i===412&&j(e)){this.take(e),this.conflict=!0,this.ctx.say(this.words.conflict,!0),await this.catchFocus("#stage-title");return}if(i===409&&e&&"choices"in e){this.question=e,this.questionError=null;return}const a=lt(t,!!s&&this.draftOf(s).mode==="pair");if(s&&Object.keys(a).length>0){this.faults={...this.faults,[s]:a},await this.focusOn('[aria-invalid="true"]');return}i===409&&await this.load(),this.problem=t}async answerQuestion(t){this.questionError=null;try{this.take((await this.client.continue(4,this.wizard.version,t)).data),this.question=null,await this.showStage()}catch(s){const e=A(s);j(e)?(this.question=null,await this.refused(s)):(e&&"choices"in e&&(this.question=e),this.questionError=s)}}async showStage(){this.revealed=new Set,this.opened=new Set,await this.focusOn("#stage-title")}async catchFocus(t){await this.updateComplete,(!document.activeElement||document.activeElement===document.body||this.shadowRoot?.activeElement?.matches(":disabled"))&&await this.focusOn(t)}async focusOn(t){await this.updateComplete,(this.renderRoot.querySelector(t)??this.renderRoot.querySelector(".stage-body input"))?.focus()}disclosure(t,s,e){const i=a=>{const r=new Set(this.opened);a.target.open?r.add(t):r.delete(t),this.opened=r};return n`<details class="more" ?open=${this.opened.has(t)} @toggle=${i}>
      <summary>${f("chev","s")}${s}</summary>
      ${this.opened.has(t)?n`<div class="inside">${e()}</div>`:o}
    </details>`}render(){if(this.broken)return n`${this.crumbs(this.project)}${q(this.ctx,this.broken,()=>void this.load(),ut[this.ctx.language])}`;if(!this.known)return W(this.ctx);const{words:t,wizard:s}=this;return n`${this.crumbs(s.title)}
      <div class="page-head"><div class="title-line"><h1 tabindex="-1">${s.title}</h1>${dt(s)}</div></div>
      ${s.warning?n`<div class="note bad above" role="alert">${f("alert")}<p>${s.warning}</p></div>`:o}
      ${this.conflict?n`<div class="note warn above">${f("users")}<p>${t.conflict}</p></div>`:o}
      ${this.problem?n`<div class="above">${q(this.ctx,this.problem)}</div>`:o}
      ${s.status==="not-done"?jt(this,()=>this.openCard()):s.status==="active"?zt(this,{alone:this.alone,replacing:this.replacing,replace:e=>void this.replace(e),replaced:()=>void this.load()}):this.stages()}
      ${this.question?It(this,()=>n`<u2035-store-choice
            .ctx=${this.ctx}
            .question=${this.question}
            .problem=${this.questionError}
            .details=${this.questionError?J(this.ctx.kit,this.questionError).detail:""}
            @chosen=${e=>void this.answerQuestion(e.detail)}
            @closed=${()=>this.question=null}
          ></u2035-store-choice>`):o}`}async replace(t){try{t&&await O(()=>import("./plugin-u2035-replace.js"),[],import.meta.url),this.replacing=t}catch(s){this.problem=s}}crumbs(t){if(this.alone)return o;const s=e=>{e.preventDefault(),this.ctx.go("")};return n`<nav class="crumbs" aria-label=${this.words.crumbs}>
      <a href="#" @click=${s}>${this.words.backToList}</a>${f("chev","s")}<span aria-current="page">${t}</span>
    </nav>`}stages(){const{words:t,wizard:s}=this,e=z(s,s.stage);return n`<div class="wizard">
      ${At(t,this.ctx.locale,s,this.choosing||s.stage,this.called,i=>this.select(i))}
      <section class="panel" aria-labelledby="stage-title">
        <div class="stage-head">
          <p class="eyebrow">${t.stageOf(e.number)}</p>
          <h2 id="stage-title" tabindex="-1">${x(e.title)}</h2>
          ${qt(t,this.ctx.locale,e,this.called)}
          ${$t(e.text)}
        </div>
        ${e.number===1||e.number===3?Ct(this,e):mt(this,e)}
      </section>
    </div>`}};u.styles=[X,Y(st)];p([S()],u.prototype,"project",2);p([S({type:Boolean})],u.prototype,"alone",2);p([S({type:Boolean})],u.prototype,"moved",2);p([h()],u.prototype,"known",2);p([h()],u.prototype,"broken",2);p([h()],u.prototype,"check",2);p([h()],u.prototype,"busy",2);p([h()],u.prototype,"problem",2);p([h()],u.prototype,"conflict",2);p([h()],u.prototype,"question",2);p([h()],u.prototype,"questionError",2);p([h()],u.prototype,"revealed",2);p([h()],u.prototype,"opened",2);p([h()],u.prototype,"drafts",2);p([h()],u.prototype,"faults",2);p([h()],u.prototype,"now",2);p([h()],u.prototype,"choosing",2);p([h()],u.prototype,"people",2);p([h()],u.prototype,"replacing",2);u=p([Z("u2035-setup")],u);export{u as U2035Setup};
