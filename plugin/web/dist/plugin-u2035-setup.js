import{b as r,A as l,i as p,a as E,r as F,n as y,c as u,P as U,h as nt,f as O,l as q,d as C,t as z,w as ot,_ as lt}from"./u2035.js";import{p as ct}from"./plugin-session.js";import{w as P,b as dt,I as ht,c as V,i as D}from"./plugin-wizard.js";import{c as W,i as G,a as ut,d as pt,w as Q,p as B,h as J,e as K,g as X,j as N,f as A,k as Y,l as ft,m as $t,b as I,n as bt,t as mt,o as wt,q as H,r as yt,s as vt}from"./plugin-texts.js";import{r as gt}from"./plugin-role.js";import{s as g,d as _,b as M,f as k,a as Z,t as R}from"./plugin-texts2.js";import{c as j}from"./plugin-clipboard.js";import{l as kt}from"./plugin-live.js";import"./plugin-u2035-letter.js";import{l as xt,a as St}from"./plugin-learners.js";import"./plugin-directive-helpers.js";function Ot(t){const e=[];let s=[];const a=()=>{s.length&&e.push(r`<ul class="lead dashes">${s.map(i=>r`<li>${i}</li>`)}</ul>`),s=[]};for(const i of t.split(`
`))/^[–-]\s/.test(i)?s.push(i.slice(2)):(a(),i.trim()&&e.push(r`<p class="lead">${i}</p>`));return a(),e}function tt(t,e){const{why:s}=t.words,a=e.continueText??"";switch(W(t.wizard,e.number)){case"ready":return"";case"running":return s.running;case"locked":return s.locked;case"passed":return s.passed(a);case"unchecked":return s.unchecked(a)}}function et(t,e,s,a=l){const i=W(t.wizard,e.number)==="ready",n=t.busy==="continue";return r`<button
    class=${s?"btn primary":"btn"}
    id="continue-button"
    type="button"
    ?disabled=${!i}
    aria-disabled=${n?"true":l}
    aria-busy=${n?"true":l}
    aria-describedby="why-continue"
    @click=${()=>t.continueStage(e.number)}
  >
    ${n?r`<span class="spin" aria-hidden="true"></span>`:l}${e.continueText}${a}
  </button>`}function st(t){const{ctx:e,words:s,wizard:a}=t;if(!a.guid)return l;const i=async n=>{const o=n.currentTarget.parentElement.querySelector("code");e.say(await j(a.guid,o)==="copied"?`${e.kit.copied}: guid`:s.selected)};return r`<dl class="guid">
    <dt>${s.guid}</dt>
    <dd>
      <code>${a.guid}</code>
      <button class="btn small" type="button" aria-label=${s.copyGuid} @click=${i}>${p("copy","s")}${s.copyGuid}</button>
    </dd>
  </dl>`}function Ct(t,e){const{words:s,wizard:a}=t,i=e.number,n=a.runningCheck?.stage===i,o=L(t,i);return r`<div class="stage-body">
      ${G(a,i,t.draftOf(i))?_t(t,i):Tt(t,e)}
      <div class="stack-s">
        <div class="btns">${qt(t,e)}</div>
        ${n||L(t,i)?l:r`<p class="small muted">${s.noData}</p>`}
      </div>
      ${o?r`${It(t,i)}
          ${ut({ctx:t.ctx,words:s,check:o,withStorage:pt(o,a)||n&&i===4&&Q(a,t.draftOf(4)),now:t.now})}
          ${n?r`<p class="small muted">${s.closeAllowed}</p>`:l}
          ${o.state==="failed"?t.disclosure(`support-${o.id}`,s.supportLetter,()=>r`<u2035-letter
                .ctx=${t.ctx} .project=${t.project} .kind=${"support"} .check=${o.id} .label=${s.supportLetter}
              ></u2035-letter>`):l}`:l}
      ${i===2?r`${st(t)}${jt(t)}`:l}
    </div>
    <div class="stage-foot">
      <p id="why-continue">${tt(t,e)||s.ready[i]}</p>
      ${et(t,e,B(a,i,!1)==="continue",i===4?p("check"):l)}
    </div>`}function L(t,e){const{check:s}=t;return s&&s.stage===e&&s.purpose==="stage"?s:null}function Lt(t,e){return{words:t.words,draft:t.draftOf(e),stored:s=>$t(t.wizard,e,s),storedEnd:s=>s==="basic"&&it(t,e)?void 0:ft(t.wizard,e,s),faults:t.faultsOf(e),revealed:t.revealed,locked:!!t.wizard.runningCheck||t.busy==="check",input:(s,a)=>t.input(e,s,a),reveal:s=>t.reveal(s),setMode:s=>t.setMode(e,s),submit:()=>t.startCheck(e)}}function it(t,e){return J(t.wizard,e)&&N(t.wizard,e,t.draftOf(e)).body.endpoint!==void 0}function Tt(t,e){const{words:s,wizard:a}=t,i=e.number,n=Lt(t,i),o=J(a,i),d=Object.values(t.draftOf(i).values).some(Boolean),c=it(t,i)?s.basicForAddress:!o&&e.tried&&!d?s.tried(e.tried.lastFour):"",h=o?r`<div class="note">
        ${p("lock")}
        <div>
          <p>${i===4?s.changeSome:s.changeBasic}</p>
          <div class="btns"><button class="btn small" type="button" ?disabled=${n.locked} @click=${()=>t.keepSaved(i)}>${s.keepSaved}</button></div>
        </div>
      </div>`:l;return i===2?r`${h}${M(n,s.basicLabel[2],c)}`:r`${h}
    <fieldset>
      <legend class="group-title">${s.firstLetter} <small>${s.firstLetterNote}</small></legend>
      <div class="stack">
        ${K(a)?k(n,{name:"endpoint",hint:s.endpointHint,placeholder:"https://"}):l}
        ${M(n,s.basicLabel[4],c)}
      </div>
    </fieldset>
    ${At(t,n)}`}function At(t,e){const{words:s,wizard:a}=t;return a.s3==="none"?r`<p class="small muted">${s.storageNone}</p>`:r`<fieldset>
    <legend class="group-title">${s.secondLetter} <small>${s.secondLetterNote}</small></legend>
    ${a.s3==="optional"?r`<p class="hint optional" role="status">${a.credentials.storage&&!Q(a,t.draftOf(4))?s.storageEmptied:s.storageOptional}</p>`:l}
    <div class="fields">
      ${k(e,{name:"userId"})} ${k(e,{name:"accessKeyId"})}
      ${k(e,{name:"secretKey",secret:!0,wide:!0})}
      ${k(e,{name:"storageUrl",wide:!0,hint:s.urlHint,placeholder:"https://"})}
      ${k(e,{name:"bucket",wide:!0,hint:s.bucketHint,below:at(t,i=>e.input("bucket",i))})}
    </div>
  </fieldset>`}function at(t,e){const{words:s}=t,a=A(L(t,4))?.choices??[];return a.length===0?l:r`<div class="btns" role="group" aria-label=${s.chooseBucket}>
    ${a.map(i=>r`<button class="btn small" type="button" @click=${()=>e(i)}>${s.useBucket(i)}</button>`)}
  </div>`}function _t(t,e){const{words:s,wizard:a}=t,{testBasic:i,productionBasic:n,storage:o}=a.credentials,d=h=>a.runningCheck?null:()=>t.edit(e,h),c=g(s,{id:"s-basic",label:s.basicLabel[e],value:_((e===2?i:n)?.lastFour??""),edit:d("basic")});return e===2?c:r`<fieldset>
      <legend class="group-title">${s.firstLetter} <small>${s.firstLetterNote}</small></legend>
      ${c}
    </fieldset>
    ${o?r`<fieldset>
          <legend class="group-title">${s.secondLetter} <small>${s.secondLetterNote}</small></legend>
          <div class="fields">
            ${g(s,{id:"s-user",label:s.fieldNames.userId,value:o.userId,edit:d("userId")})}
            ${g(s,{id:"s-access",label:s.fieldNames.accessKeyId,value:_(o.accessKeyId),edit:d("accessKeyId")})}
            ${g(s,{id:"s-secret",label:s.fieldNames.secretKey,value:_(o.secretKey?.lastFour??""),wide:!0,edit:d("secretKey")})}
            ${g(s,{id:"s-url",label:s.fieldLabels.storageUrl,value:o.storageUrl,wide:!0,edit:d("storageUrl")})}
            ${o.bucket?g(s,{id:"s-bucket",label:s.fieldLabels.bucket,value:o.bucket,wide:!0,edit:d("bucket")}):l}
          </div>
        </fieldset>`:a.s3==="none"?r`<p class="small muted">${s.storageNone}</p>`:l}`}function qt(t,e){const{ctx:s,words:a,wizard:i}=t,n=e.number,o=t.draftOf(n),d=X(i,n,o),c=i.runningCheck?.stage===n||t.busy==="check",h=L(t,n),x=c?"":d==="running"?a.checkElsewhere:d==="saved"?h?.state==="passed"&&h.finishedAt?a.checkSaved(s.locale.moment(h.finishedAt)):a.checkSavedNever:d==="empty"?a.checkEmpty(N(i,n,o).missing.map(S=>S==="basic"?a.basicLabel[n]:a.fieldNames[S]??a.fieldLabels[S]).join(", ")):d==="unchanged"?a.checkUnchanged:"";return r`<button
      class=${B(i,n,!1)==="check"&&d==="ready"&&!c?"btn primary":"btn"}
      id="check-button"
      type="button"
      ?disabled=${!c&&d!=="ready"}
      aria-busy=${c?"true":l}
      aria-disabled=${c?"true":l}
      aria-describedby=${x?"why-check":l}
      @click=${()=>t.startCheck(n)}
    >
      ${c?r`<span class="spin" aria-hidden="true"></span>${a.checking}`:e.checkText}
    </button>
    ${x?r`<p class="small muted grow" id="why-check">${x}</p>`:l}`}function It(t,e){const s=L(t,e),a=A(s);if(!s||!a)return l;const{words:i,wizard:n}=t,o=t.draftOf(e).mode==="pair";if(!G(n,e,t.draftOf(e))&&Y(a,{pair:o,endpoint:e===4&&K(n)}).length>0)return l;const c=h=>{t.edit(e,"bucket"),t.input(e,"bucket",h)};return Z(i,{title:i.failedStep(a.title||a.name),observed:a.observed,reason:a.cause,fix:a.fix},"check-fault",e===4?at(t,c):l)}function jt(t){const{words:e}=t;return r`<section class="part" aria-labelledby="package-title">
    <h3 id="package-title">${e.package}</h3>
    <p class="small muted">${e.packageLead}</p>
    ${t.wizard.credentials.testBasic?t.disclosure("package",e.packageSend,()=>r`<u2035-package .ctx=${t.ctx} .project=${t.project}></u2035-package>`):r`<p class="small muted">${e.packageNeedsCheck}</p>`}
  </section>`}function Et(t,e){const{ctx:s,words:a,wizard:i}=t,n=e.number,o=!!e.reminder,d=B(i,n,o),c=(h,x,S)=>r`<u2035-letter
      .ctx=${s}
      .project=${t.project}
      .kind=${h}
      .primary=${x}
      .label=${S}
      @letter-copied=${()=>t.letterCopied(h)}
      @letter-sent=${()=>t.letterSent()}
    ></u2035-letter>`;return r`<div class="stage-body">
      ${Ft(t,e)}
      ${n===3?st(t):l}
      ${c(e.letter??"test-access",d==="letter",a.letterLabel)}
      ${e.storageLetter?t.disclosure(`letter-${e.storageLetter}`,a.noStorageAccess,()=>c(e.storageLetter,!1,a.storageLetterLabel)):l}
    </div>
    <div class="stage-foot">
      <p id="why-continue">${tt(t,e)||a.letterFoot}</p>
      ${et(t,e,d==="continue",p("right"))}
    </div>`}function Ft(t,e){const{reminder:s}=e;if(!s||e.state==="done")return l;const{ctx:a,words:i}=t,n=a.locale.day(s.copiedAt);return s.due?r`<div class="note warn" role="status">
    ${p("clock")}
    <div><h3>${i.reminderTitle}</h3><p>${i.reminderText(n)}</p></div>
  </div>`:r`<p class="small muted">${i.letterCopiedOn(n,a.locale.day(s.remindAt))}</p>`}function rt(t,e=!1){return e?"now":t.state==="locked"?"locked":t.state==="failed"?"fail":t.state==="done"?"done":t.canCheck!==void 0&&t.canContinue?"passed":"now"}const Ut={locked:"lock",fail:"excl",done:"check",passed:"check",now:"half"};function zt(t,e,s){return s.state==="locked"?t.opensAfter(s.number-1):e.runningCheck?.stage===s.number?t.checkRuns:rt(s)==="passed"?`${s.statusText}, ${t.checkPassed}`:s.statusText}function Pt(t,e,s,a){const i=[s.openedAt?t.stageOpened(e.day(s.openedAt)):"",s.passedAt?t.stagePassed(e.moment(s.passedAt),a(s.passedBy??"")):""].filter(Boolean);return i.length>0?r`<p class="small muted">${i.join(". ")}.</p>`:l}function Bt(t,e,s,a,i,n){return r`<div class="stepper" role="radiogroup" aria-label=${t.stages}>
    <ol role="presentation">
      ${s.stages.map(o=>{const d=rt(o,s.runningCheck?.stage===o.number),c=a===o.number;return r`<li class=${c?`${d} here`:d} role="presentation">
          <label class="step">
            <input type="radio" name="stage" value=${o.number} .checked=${kt(c)} ?disabled=${!o.canSelect} @change=${()=>n(o.number)} />
            <b><span class="full">${o.number}. ${I(o.title)}</span><span class="short" aria-hidden="true">${t.short[o.number-1]}</span></b>
            <span class="state">${p(Ut[d])}<span>${zt(t,s,o)}</span></span>
            ${o.state==="done"&&o.passedAt?r`<small class="when">${[e.day(o.passedAt),i(o.passedBy??"")].filter(Boolean).join(", ")}</small>`:l}
          </label>
        </li>`})}
    </ol>
  </div>`}const T=20;function Kt(t){const e={accepted:0,all:0,refused:0};for(const s of t.kinds??[])e.accepted+=s.accepted,e.refused+=s.refused,e.all+=s.statements;return e}function Nt(t,e,s,a,i){const n=s.state==="running"||s.state==="voiding",o=Kt(s),d=(s.statements??[]).filter(h=>h.state==="refused"),c=s.unsent??[];return r`<section class="check-box" aria-labelledby="report-title">
    <header>
      <h4 id="report-title" tabindex="-1">${e.report}, ${t.locale.moment(s.createdAt)}</h4>
      ${n?r`<span class="small muted with-spin"><span class="spin" aria-hidden="true"></span>${a}</span>`:bt(s.state==="done"||s.state==="voided"?"ok":"warn",s.state==="done"||s.state==="voided"?"okc":"excl",a)}
    </header>
    <div class="report stack-s">
      <p>unti_id <span class="mono">${s.untiId}</span>. <b class="strong">${e.totals(t.locale.number(o.accepted),t.locale.number(o.all))}</b></p>
      ${s.message?r`<p class="warn-text">${s.message}</p>`:l}
      ${s.kinds?.length?r`<div class="table-wrap" tabindex="0" role="group" aria-label=${e.report}>
            <table>
              <thead><tr><th scope="col">${e.kind}</th><th scope="col" class="r">${e.statements}</th><th scope="col" class="r">${e.accepted}</th><th scope="col" class="r">${e.refused}</th></tr></thead>
              <tbody>
                ${s.kinds.map(h=>r`<tr><th scope="row" class="mono">${h.kind.replaceAll(".",".​")}</th><td class="r num">${t.locale.number(h.statements)}</td><td class="r num">${t.locale.number(h.accepted)}</td><td class="r num">${t.locale.number(h.refused)}</td></tr>`)}
              </tbody>
            </table>
          </div>`:l}
      ${d.length?r`<div>
            <h5>${e.refusals}</h5>
            <ul class="faults">
              ${d.slice(0,T).map(h=>r`<li><b>${h.kind}</b> <span>${h.message}</span>${h.errorId?r` <span class="caption">errorId <code>${h.errorId}</code></span>`:l}</li>`)}
            </ul>
          </div>`:l}
      ${c.length?r`<div>
            <h5>${e.unsent(c.length)}</h5>
            <ul class="faults">
              ${c.slice(0,T).map(h=>r`<li><b>${h.kind}</b> <span>${h.reason}</span> <span class="muted">${h.fix}</span></li>`)}
            </ul>
            ${c.length>T?r`<p class="small muted">${e.unsentMore(c.length-T)}</p>`:l}
          </div>`:l}
      ${s.text?r`<details class="more">
              <summary>${p("chev","s")}${e.text}</summary>
              <pre class="raw report-text" tabindex="0">${s.text}</pre>
            </details>
            <div class="btns">
              <button class="btn" type="button" @click=${()=>void Rt(t,s,i.root)}>${p("copy")}${e.copy}</button>
              ${!n&&o.accepted>0&&s.state!=="voided"?r`<button class="btn danger-quiet" type="button" aria-expanded=${i.asksVoid?"true":"false"} @click=${()=>i.ask(!i.asksVoid)}>${e.void}</button>`:l}
            </div>`:l}
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
          </div>`:l}
    </div>
  </section>`}async function Rt(t,e,s){const a=s.querySelector(".report-text"),i=a?.closest("details");if(await j(e.text??"",null)==="copied"){t.say(t.kit.copied);return}i&&(i.open=!0),await j(e.text??"",a),t.say(t.kit.copyByHand)}const Vt={testOnly:"Отправляется только в тестовый контур и только с тестовыми unti_id.",flow:"Поток",noFlows:"В этом проекте ещё нет потоков: пакет составлять не из чего.",learner:"Слушатель",chooseLearner:"Выберите слушателя",noLearners:"В этом потоке ещё нет слушателей.",noTestId:"нет тестового unti_id",manyLearners:t=>`Показаны первые ${t} слушателей потока.`,methodist:"unti_id методиста в тестовом контуре",methodistHint:"Без него структура программы в пакет не войдёт.",storage:"Хранилище S3 тестового контура",storageHint:"Необязательно. Без него виды записей с файлами попадут в отчёт как неотправленные. Данные используются один раз и не сохраняются.",send:"Отправить полный пакет",sending:"Отправляем…",earlier:"Отправленные раньше",open:t=>`Показать отчёт: ${t}`,report:"Отчёт",kind:"Вид",statements:"Записей",accepted:"Принято",refused:"Отклонено",totals:(t,e)=>`Принято ${t} из ${e}`,unsent:t=>`Не отправлено: ${t}`,unsentMore:t=>`И ещё ${t}: все перечислены в отчёте.`,refusals:"Отклонённые записи",text:"Текст отчёта",copy:"Скопировать отчёт",void:"Аннулировать в тестовом контуре",voidAsk:"Аннулировать отправленное?",voidText:"Мы отправим в тестовый контур записи об аннулировании. У следующего пакета будут новые номера записей.",voidDo:"Аннулировать",states:{}},Dt={testOnly:"It goes to the test contour only, with test unti_ids only.",flow:"Flow",noFlows:"This project has no flows yet: there is nothing to make a package of.",learner:"Learner",chooseLearner:"Choose a learner",noLearners:"This flow has no learners yet.",noTestId:"no test unti_id",manyLearners:t=>`The first ${t} learners of the flow are shown.`,methodist:"The methodist’s unti_id of the test contour",methodistHint:"Without it the programme’s structure isn’t part of the package.",storage:"S3 storage of the test contour",storageHint:"Optional. Without it kinds with files are reported as not sent. The data are used once and not kept.",send:"Send the full package",sending:"Sending…",earlier:"Sent before",open:t=>`Show the report: ${t}`,report:"Report",kind:"Kind",statements:"Statements",accepted:"Accepted",refused:"Refused",totals:(t,e)=>`Accepted ${t} of ${e}`,unsent:t=>`Not sent: ${t}`,unsentMore:t=>`And ${t} more: all of them stand in the report.`,refusals:"Refused statements",text:"Text of the report",copy:"Copy the report",void:"Void in the test contour",voidAsk:"Void what was sent?",voidText:"Voiding statements go to the test contour. The next package has statement ids of its own.",voidDo:"Void",states:{running:"being sent",done:"sent and accepted as a whole",incomplete:"not sent as a whole",failed:"not sent",voiding:"being voided",voided:"voided","void-incomplete":"not voided as a whole"}},Ht={ru:Vt,en:Dt};var Mt=Object.defineProperty,Wt=Object.getOwnPropertyDescriptor,m=(t,e,s,a)=>{for(var i=a>1?void 0:a?Wt(e,s):e,n=t.length-1,o;n>=0;n--)(o=t[n])&&(i=(a?o(e,s,i):o(i))||i);return a&&i&&Mt(e,s,i),i};let b=class extends U{constructor(){super(...arguments),this.project="",this.flows=null,this.learners=null,this.earlier=[],this.shown=null,this.typed={},this.busy=!1,this.broken=null,this.problem=null,this.asksVoid=!1,this.abort=new AbortController}get words(){return Ht[this.ctx.language]}get setup(){return R[this.ctx.language]}get path(){return dt(this.ctx.organization,this.project)}disconnectedCallback(){super.disconnectedCallback(),this.abort.abort(),this.abort=new AbortController}willUpdate(t){t.has("project")&&this.load()}async load(){this.broken=null;try{const[t,e]=await Promise.all([this.ctx.api.get(`${this.path}/scope`),this.ctx.api.get(`${this.path}/full-packages`,{query:{limit:10}})]);this.flows=t.data.known,this.earlier=e.data.items;const s=this.earlier.find(a=>a.state==="running"||a.state==="voiding");s&&this.follow(s.id),this.flows.length&&await this.chooseFlow(this.flows[0].flow)}catch(t){this.broken=t}}async chooseFlow(t){this.typed={...this.typed,flow:t,learner:""},this.learners=null;try{const e=await xt(this.ctx.api,this.ctx.organization,t);this.typed.flow===t&&(this.learners=e)}catch(e){this.broken=e}}async send(){if(this.busy||!this.typed.learner)return;this.busy=!0,this.problem=null;const{flow:t,learner:e,methodistTestUntiId:s,storageUrl:a,bucket:i,accessKeyId:n,secretKey:o}=this.typed,d=a||n||o?{storageUrl:a,accessKeyId:n,secretKey:o,...i?{bucket:i}:{}}:void 0;try{const c=await this.ctx.api.post(`${this.path}/stages/2/full-package`,{flow:Number(t),learner:Number(e),...s?.trim()?{methodistTestUntiId:s.trim()}:{},storage:d},{idempotencyKey:nt()});this.typed={...this.typed,secretKey:""},this.shown=c.data,await this.follow(c.data.id)}catch(c){this.problem=c}finally{this.busy=!1}}async follow(t){const{signal:e}=this.abort,s=a=>a.state!=="running"&&a.state!=="voiding";await this.ctx.api.follow(`${this.path}/full-packages/${t}`,{state:a=>this.shown=a,isFinal:s,signal:e}),!e.aborted&&(this.shown&&this.ctx.say(`${this.setup.package}: ${this.stateText(this.shown)}`),this.earlier=(await this.ctx.api.get(`${this.path}/full-packages`,{query:{limit:10}})).data.items)}async open(t){this.problem=null;try{this.shown=(await this.ctx.api.get(`${this.path}/full-packages/${t}`)).data,await this.updateComplete,this.renderRoot.querySelector("#report-title")?.focus()}catch(e){this.problem=e}}async voidShown(){this.asksVoid=!1,this.problem=null;const t=this.shown.id;try{this.shown=(await this.ctx.api.post(`${this.path}/full-packages/${t}/void`,{})).data,await this.follow(t)}catch(e){this.problem=e}}stateText(t){return this.words.states[t.state]??t.stateText}render(){const{ctx:t,words:e}=this;return this.broken?O(t,this.broken,()=>void this.load()):this.flows?this.flows.length?r`<div class="stack">
      <p class="small muted">${e.testOnly}</p>
      ${this.form()}
      ${this.problem&&!this.hasFieldFault()?O(t,this.problem):l}
      ${this.shown?Nt(t,e,this.shown,this.stateText(this.shown),{asksVoid:this.asksVoid,ask:s=>this.asksVoid=s,doVoid:()=>void this.voidShown(),root:this.renderRoot}):l}
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
          </div>`:l}
    </div>`:r`<p class="muted">${e.noFlows}</p>`:q(t)}hasFieldFault(){return this.problem instanceof C&&(this.problem.problem.errors?.length??0)>0}form(){const{words:t,typed:e,learners:s}=this,a=!!(e.storageUrl||e.accessKeyId||e.bucket);return r`<div class="fields">
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
          ${s===null?q(this.ctx):s.learners.length===0?r`<p class="muted">${t.noLearners}</p>`:r`<div class="select">
                    <select class="input" id="p-learner" aria-describedby="p-learner-hint" @change=${i=>this.type("learner",i.target.value)}>
                      <option value="" ?selected=${!e.learner}>${t.chooseLearner}</option>
                      ${s.learners.map(i=>r`<option value=${i.id} ?disabled=${!i.testUntiId} ?selected=${i.id===e.learner}>${i.name} — ${i.testUntiId||t.noTestId}</option>`)}</select
                    >${p("chevd","s")}
                  </div>
                  <p class="hint" id="p-learner-hint">${s.more?t.manyLearners(this.ctx.locale.number(St)):l}</p>`}
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
        <button class="btn" type="button" ?disabled=${!e.learner} aria-busy=${this.busy?"true":l} aria-describedby="p-why" @click=${()=>void this.send()}>
          ${this.busy?r`<span class="spin" aria-hidden="true"></span>${t.sending}`:t.send}
        </button>
        ${e.learner?l:r`<p class="small muted grow" id="p-why">${t.chooseLearner}</p>`}
      </div>`}type(t,e){this.typed={...this.typed,[t]:e}}faultAt(...t){if(!(this.problem instanceof C))return l;for(const e of t){const s=this.problem.field(e);if(s)return Z(this.setup,{reason:s.reason,fix:s.fix??""},`p-err${e.replace(/\W/g,"-")}`)}return l}text(t,e,s="",a="text"){return r`<div class="field">
      <label for=${`p-${t}`}>${e}</label>
      <input
        class="input mono" id=${`p-${t}`} type=${a} autocomplete=${a==="password"?"new-password":"off"} spellcheck="false"
        inputmode=${t==="methodistTestUntiId"?"numeric":l}
        .value=${this.typed[t]??""} aria-describedby=${s?`p-${t}-hint`:l}
        @input=${i=>this.type(t,i.target.value)}
      />
      ${s?r`<p class="hint" id=${`p-${t}-hint`}>${s}</p>`:l} ${this.faultAt(`/${t}`,`/storage/${t}`)}
    </div>`}};b.styles=[E,F(P)];m([y()],b.prototype,"project",2);m([u()],b.prototype,"flows",2);m([u()],b.prototype,"learners",2);m([u()],b.prototype,"earlier",2);m([u()],b.prototype,"shown",2);m([u()],b.prototype,"typed",2);m([u()],b.prototype,"busy",2);m([u()],b.prototype,"broken",2);m([u()],b.prototype,"problem",2);m([u()],b.prototype,"asksVoid",2);b=m([z("u2035-package")],b);var Gt=Object.defineProperty,Qt=Object.getOwnPropertyDescriptor,v=(t,e,s,a)=>{for(var i=a>1?void 0:a?Qt(e,s):e,n=t.length-1,o;n>=0;n--)(o=t[n])&&(i=(a?o(e,s,i):o(i))||i);return a&&i&&Gt(e,s,i),i};function Jt(t,e,s){const a=s?{confirm:!0}:{};return e==="other"?{sameStore:!1,expected:t.dueAgain,...a}:t.choices.some(i=>i.sameStore&&i.store===e)?{sameStore:!0,store:e,...a}:null}let w=class extends U{constructor(){super(...arguments),this.problem=null,this.details="",this.chosen="",this.sure=!1,this.waiting=!1}get words(){return R[this.ctx.language]}get code(){return this.problem instanceof C?this.problem.code:""}firstUpdated(){this.renderRoot.querySelector("dialog").showModal()}willUpdate(t){(t.has("problem")||t.has("question"))&&(this.waiting=!1)}choose(t){this.chosen=t,this.sure=!1}confirm(){const t=Jt(this.question,this.chosen,this.sure);!t||this.waiting||(this.waiting=!0,this.dispatchEvent(new CustomEvent("chosen",{detail:t})))}close(){this.renderRoot.querySelector("dialog").close()}render(){const{ctx:t,words:e,question:s}=this,a=s.earlierStores.filter(n=>s.choices.some(o=>o.sameStore&&o.store===n.id)),i=this.code==="integration.store-evidence";return r`<dialog class="dialog" aria-labelledby="store-title" aria-describedby="store-lead" @close=${()=>this.dispatchEvent(new CustomEvent("closed"))}>
      <div class="dialog-head plain-head"><h2 id="store-title">${e.storeTitle}</h2><p id="store-lead">${e.storeLead}</p></div>
      <div class="dialog-body" role="radiogroup" aria-labelledby="store-title">
        ${a.map(n=>this.option(n.id,e.storeSame,r`${e.storeSameText} ${this.storeFacts(n)}`))}
        ${this.option("other",e.storeOther,r`${e.storeOtherText(t.locale.count(s.dueAgain,e.storeStatements))}`)}
        ${this.code==="integration.confirm-counts"?r`<div class="note warn" role="alert">${p("alert")}<p>${e.storeCountsChanged}</p></div>`:i?r`<div class="note warn" role="alert">${p("alert")}
                <div class="stack-s"><p>${this.details}</p>
                  <label class="choice"><input type="checkbox" .checked=${this.sure} @change=${n=>this.sure=n.target.checked} /><span>${e.storeSure}</span></label>
                </div></div>`:this.problem?O(t,this.problem):l}
      </div>
      <div class="dialog-foot">
        <button class="btn" type="button" @click=${()=>this.close()}>${t.kit.cancel}</button>
        <button class="btn primary" type="button" ?disabled=${!this.chosen||i&&!this.sure} aria-busy=${this.waiting?"true":l} @click=${()=>this.confirm()}>
          ${this.waiting?r`<span class="spin" aria-hidden="true"></span>${e.storeConfirming}`:e.storeConfirm}
        </button>
      </div>
    </dialog>`}option(t,e,s){return r`<label class="choice boxed">
      <input type="radio" name="store" value=${t} .checked=${this.chosen===t} @change=${()=>this.choose(t)} />
      <span><b>${e}</b><small>${s}</small></span>
    </label>`}storeFacts(t){const{ctx:e,words:s}=this,{counts:a,evidence:i}=t,n=o=>o?e.locale.day(o):s.storeStillOpen;return r`<span class="mono">${t.endpoint}</span>,
      ${s.storeUsed(n(t.createdAt),n(t.closedAt))}; ${s.storeCounts(e.locale.number(a.accepted),e.locale.number(a.confirmed))}.
      ${i===null?s.storeUnread:i.found>0?s.storeFound(e.locale.number(i.found),e.locale.number(i.asked)):i.missing===i.asked?s.storeNotFound(e.locale.number(i.asked)):s.storeUnread}`}};w.styles=[E,F(P)];v([y({attribute:!1})],w.prototype,"question",2);v([y({attribute:!1})],w.prototype,"problem",2);v([y()],w.prototype,"details",2);v([u()],w.prototype,"chosen",2);v([u()],w.prototype,"sure",2);v([u()],w.prototype,"waiting",2);w=v([z("u2035-store-choice")],w);function Xt({words:t,busy:e},s){return r`<section class="panel empty">
    ${p("plug")}
    <h2>${t.notOpened}</h2>
    <p>${t.notOpenedText}</p>
    <button class="btn primary" type="button" aria-busy=${e==="open"?"true":l} @click=${s}>${t.start}${p("right")}</button>
  </section>`}function Yt({ctx:t,words:e,wizard:s},{alone:a,replacing:i,replace:n,replaced:o}){const d=mt[t.language],c=s.canReplaceKey===!0;return r`<section class="panel empty done-view">
      ${p("okc")}
      <h2 id="stage-title" tabindex="-1">${e.activeTitle}</h2>
      ${s.warning?l:r`<p>${e.activeText}</p>`}
      ${s.hint?r`<p>${s.hint}</p>`:l}
      <div class="btns">
        <button class="btn ${a?"primary":""}" id="replace" type="button" aria-haspopup="dialog" aria-disabled=${c?l:"true"} aria-describedby="why-replace" @click=${()=>c?n(!0):void 0}>${p("key")}${d.replace}</button>
        ${a?l:r`<button class="btn primary" type="button" @click=${()=>t.go("")}>${e.toList}</button>`}
      </div>
      <p class="hint" id="why-replace">${c?d.replaceText:d.replaceOff}</p>
    </section>
    ${i?r`<u2035-replace .ctx=${t} .card=${s} @replaced=${o} @closed=${()=>n(!1)}></u2035-replace>`:l}`}var Zt=Object.defineProperty,te=Object.getOwnPropertyDescriptor,$=(t,e,s,a)=>{for(var i=a>1?void 0:a?te(e,s):e,n=t.length-1,o;n>=0;n--)(o=t[n])&&(i=(a?o(e,s,i):o(i))||i);return a&&i&&Zt(e,s,i),i};let f=class extends U{constructor(){super(...arguments),this.project="",this.alone=!1,this.moved=!1,this.known=null,this.broken=null,this.check=null,this.busy="",this.problem=null,this.conflict=!1,this.question=null,this.questionError=null,this.revealed=new Set,this.opened=new Set,this.drafts={},this.faults={},this.now=Date.now(),this.choosing=0,this.people=new Map,this.replacing=!1,this.watched="",this.abort=new AbortController,this.clock=0,this.called=t=>this.people.get(t)??t}get words(){return R[this.ctx.language]}get wizard(){return this.known}get client(){return new ht(this.ctx.api,this.ctx.organization,this.project)}disconnectedCallback(){super.disconnectedCallback(),this.stop()}connectedCallback(){super.connectedCallback(),this.hasUpdated&&this.load()}willUpdate(t){t.has("project")||this.isElsewhere(t)?(this.stop(),this.known=this.broken=this.check=null,this.drafts={},this.faults={},this.load()):t.has("ctx")&&this.known&&this.load()}stop(){this.abort.abort(),this.abort=new AbortController,this.watched="",window.clearInterval(this.clock)}async load(){const{signal:t}=this.abort;try{const e=await this.client.read();if(t.aborted)return;const s=!this.known;this.take(e.data),s&&this.moved&&await this.focusOn("h1")}catch(e){t.aborted||(this.broken=e)}}async call(t){if(this.people.has(t))return;const e=await ct(this.ctx.api,t);this.people=new Map(this.people).set(t,e)}take(t){this.known=t,this.broken=null;for(const e of new Set(t.stages.flatMap(s=>s.passedBy??[])))this.call(e);t.runningCheck?this.watch(t.runningCheck.id):((t.lastCheck?.id!==this.check?.id||this.check?.state==="running")&&this.blame(t.lastCheck),this.check=t.lastCheck)}async watch(t){if(this.watched===t)return;this.watched=t;const{signal:e}=this.abort;this.clock=window.setInterval(()=>this.now=Date.now(),1e3);try{await this.client.follow(t,a=>this.check=a,e)}catch(a){this.problem=a}if(e.aborted)return;window.clearInterval(this.clock),this.watched="";const s=this.check;this.blame(s),await this.load(),s?.state==="passed"?this.ctx.say(this.words.passedSay(s.stage)):s&&this.ctx.say(this.words.failedSay(A(s)?.cause??""),!0),await this.catchFocus(s?.state==="passed"?"#continue-button":'#check-button:enabled, [aria-invalid="true"]')}blame(t){if(!t||t.purpose!=="stage"||t.state==="running")return;const e=t.stage,s=A(t);if(!s){this.drafts={...this.drafts,[e]:void 0},this.faults={...this.faults,[e]:void 0},this.revealed=new Set;return}const a={pair:this.draftOf(e).mode==="pair",endpoint:e===4&&!!this.known&&K(this.known)},i={title:this.words.failedStep(s.title||s.name),observed:s.observed,reason:s.cause,fix:s.fix};this.faults={...this.faults,[e]:Object.fromEntries(Y(s,a).map(n=>[n,i]))}}draftOf(t){return this.drafts[t]??wt()}faultsOf(t){return this.faults[t]??{}}redraft(t,e){this.drafts={...this.drafts,[t]:{...this.draftOf(t),...e}}}input(t,e,s){this.redraft(t,{values:{...this.draftOf(t).values,[e]:s}}),this.faults[t]?.[e]&&(this.faults={...this.faults,[t]:{...this.faults[t],[e]:void 0}})}setMode(t,e){this.redraft(t,{mode:e})}reveal(t){const e=new Set(this.revealed);e.delete(t)||e.add(t),this.revealed=e}edit(t,e){this.redraft(t,{editing:!0,values:{}}),this.focusOn(`#f-${e}`)}keepSaved(t){this.drafts={...this.drafts,[t]:void 0},this.faults={...this.faults,[t]:void 0},this.focusOn(".stage-body .peek")}startCheck(t){if(X(this.wizard,t,this.draftOf(t))!=="ready"||this.busy)return;const{body:e}=N(this.wizard,t,this.draftOf(t));this.faults={...this.faults,[t]:void 0},this.perform("check",async()=>{const s=await this.client.check(t,this.wizard.version,e);this.check=s.data,this.now=Date.now(),this.ctx.say(this.words.startedSay),await this.load()},t)}continueStage(t){this.perform("continue",async()=>{this.take((await this.client.continue(t,this.wizard.version)).data),await this.showStage()},t)}select(t){this.choosing=t,this.perform("select",async()=>{this.take((await this.client.select(t,this.wizard.version)).data),this.ctx.say(I(H(this.wizard,t).title))}).finally(()=>this.choosing=0)}openCard(){this.perform("open",async()=>{this.take((await this.client.open(this.wizard.version)).data),await this.showStage()})}letterSent(){this.load()}letterCopied(t){const e=()=>this.client.copied(t,this.wizard.version);e().catch(async s=>{if(!(s instanceof C)||s.status!==412)throw s;return await this.load(),e()}).then(s=>this.take(s.data)).catch(s=>this.problem=s)}async perform(t,e,s){if(!this.busy){this.busy=t,this.problem=null,this.conflict=!1;try{await e()}catch(a){await this.refused(a,s)}finally{this.busy=""}}}async refused(t,e){const s=V(t),a=t instanceof C?t.status:0;if(a===412&&D(s)){this.take(s),this.conflict=!0,this.ctx.say(this.words.conflict,!0),await this.catchFocus("#stage-title");return}if(a===409&&s&&"choices"in s){this.question=s,this.questionError=null;return}const i=yt(t,!!e&&this.draftOf(e).mode==="pair");if(e&&Object.keys(i).length>0){this.faults={...this.faults,[e]:i},await this.focusOn('[aria-invalid="true"]');return}a===409&&await this.load(),this.problem=t}async answerQuestion(t){this.questionError=null;try{this.take((await this.client.continue(4,this.wizard.version,t)).data),this.question=null,await this.showStage()}catch(e){const s=V(e);D(s)?(this.question=null,await this.refused(e)):(s&&"choices"in s&&(this.question=s),this.questionError=e)}}async showStage(){this.revealed=new Set,this.opened=new Set,await this.focusOn("#stage-title")}async catchFocus(t){await this.updateComplete,(!document.activeElement||document.activeElement===document.body||this.shadowRoot?.activeElement?.matches(":disabled"))&&await this.focusOn(t)}async focusOn(t){await this.updateComplete,(this.renderRoot.querySelector(t)??this.renderRoot.querySelector(".stage-body input"))?.focus()}disclosure(t,e,s){const a=i=>{const n=new Set(this.opened);i.target.open?n.add(t):n.delete(t),this.opened=n};return r`<details class="more" ?open=${this.opened.has(t)} @toggle=${a}>
      <summary>${p("chev","s")}${e}</summary>
      ${this.opened.has(t)?r`<div class="inside">${s()}</div>`:l}
    </details>`}render(){if(this.broken)return r`${this.crumbs(this.project)}${O(this.ctx,this.broken,()=>void this.load(),gt[this.ctx.language])}`;if(!this.known)return q(this.ctx);const{words:t,wizard:e}=this;return r`${this.crumbs(e.title)}
      <div class="page-head"><div class="title-line"><h1 tabindex="-1">${e.title}</h1>${vt(e)}</div></div>
      ${e.warning?r`<div class="note bad above" role="alert">${p("alert")}<p>${e.warning}</p></div>`:l}
      ${this.conflict?r`<div class="note warn above">${p("users")}<p>${t.conflict}</p></div>`:l}
      ${this.problem?r`<div class="above">${O(this.ctx,this.problem)}</div>`:l}
      ${e.status==="not-done"?Xt(this,()=>this.openCard()):e.status==="active"?Yt(this,{alone:this.alone,replacing:this.replacing,replace:s=>void this.replace(s),replaced:()=>void this.load()}):this.stages()}
      ${this.question?r`<u2035-store-choice
            .ctx=${this.ctx}
            .question=${this.question}
            .problem=${this.questionError}
            .details=${this.questionError?ot(this.ctx.kit,this.questionError).detail:""}
            @chosen=${s=>void this.answerQuestion(s.detail)}
            @closed=${()=>this.question=null}
          ></u2035-store-choice>`:l}`}async replace(t){try{t&&await lt(()=>import("./plugin-u2035-replace.js"),[],import.meta.url),this.replacing=t}catch(e){this.problem=e}}crumbs(t){if(this.alone)return l;const e=s=>{s.preventDefault(),this.ctx.go("")};return r`<nav class="crumbs" aria-label=${this.words.crumbs}>
      <a href="#" @click=${e}>${this.words.backToList}</a>${p("chev","s")}<span aria-current="page">${t}</span>
    </nav>`}stages(){const{words:t,wizard:e}=this,s=H(e,e.stage);return r`<div class="wizard">
      ${Bt(t,this.ctx.locale,e,this.choosing||e.stage,this.called,a=>this.select(a))}
      <section class="panel" aria-labelledby="stage-title">
        <div class="stage-head">
          <p class="eyebrow">${t.stageOf(s.number)}</p>
          <h2 id="stage-title" tabindex="-1">${I(s.title)}</h2>
          ${Pt(t,this.ctx.locale,s,this.called)}
          ${Ot(s.text)}
        </div>
        ${s.number===1||s.number===3?Et(this,s):Ct(this,s)}
      </section>
    </div>`}};f.styles=[E,F(P)];$([y()],f.prototype,"project",2);$([y({type:Boolean})],f.prototype,"alone",2);$([y({type:Boolean})],f.prototype,"moved",2);$([u()],f.prototype,"known",2);$([u()],f.prototype,"broken",2);$([u()],f.prototype,"check",2);$([u()],f.prototype,"busy",2);$([u()],f.prototype,"problem",2);$([u()],f.prototype,"conflict",2);$([u()],f.prototype,"question",2);$([u()],f.prototype,"questionError",2);$([u()],f.prototype,"revealed",2);$([u()],f.prototype,"opened",2);$([u()],f.prototype,"drafts",2);$([u()],f.prototype,"faults",2);$([u()],f.prototype,"now",2);$([u()],f.prototype,"choosing",2);$([u()],f.prototype,"people",2);$([u()],f.prototype,"replacing",2);f=$([z("u2035-setup")],f);export{f as U2035Setup};
