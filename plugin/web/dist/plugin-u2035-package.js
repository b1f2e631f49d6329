import{A as r,b as i,i as $,P as w,k,g as m,l as y,f as g,a as x,r as T,n as I,d as u,t as A}from"./u2035.js";import{b as L,w as V}from"./plugin-wizard.js";import{t as _,a as S}from"./plugin-texts2.js";import{l as U,a as F}from"./plugin-learners.js";import{c as v}from"./plugin-clipboard.js";import{r as K}from"./plugin-texts.js";import"./plugin-live.js";import"./plugin-directive-helpers.js";const b=20;function O(t){const e={accepted:0,all:0,refused:0};for(const s of t.kinds??[])e.accepted+=s.accepted,e.refused+=s.refused,e.all+=s.statements;return e}function C(t,e,s,o,a){const c=s.state==="running"||s.state==="voiding",p=O(s),f=(s.statements??[]).filter(l=>l.state==="refused"),h=s.unsent??[];return i`<section class="check-box" aria-labelledby="report-title">
    <header>
      <h4 id="report-title" tabindex="-1">${e.report}, ${t.locale.moment(s.createdAt)}</h4>
      ${c?i`<span class="small muted with-spin"><span class="spin" aria-hidden="true"></span>${o}</span>`:K(s.state==="done"||s.state==="voided"?"ok":"warn",s.state==="done"||s.state==="voided"?"okc":"excl",o)}
    </header>
    <div class="report stack-s">
      <p>unti_id <span class="mono">${s.untiId}</span>. <b class="strong">${e.totals(t.locale.number(p.accepted),t.locale.number(p.all))}</b></p>
      ${s.message?i`<p class="warn-text">${s.message}</p>`:r}
      ${s.kinds?.length?i`<div class="table-wrap" tabindex="0" role="group" aria-label=${e.report}>
            <table>
              <thead><tr><th scope="col">${e.kind}</th><th scope="col" class="r">${e.statements}</th><th scope="col" class="r">${e.accepted}</th><th scope="col" class="r">${e.refused}</th></tr></thead>
              <tbody>
                ${s.kinds.map(l=>i`<tr><th scope="row" class="mono">${l.kind.replaceAll(".",".​")}</th><td class="r num">${t.locale.number(l.statements)}</td><td class="r num">${t.locale.number(l.accepted)}</td><td class="r num">${t.locale.number(l.refused)}</td></tr>`)}
              </tbody>
            </table>
          </div>`:r}
      ${f.length?i`<div>
            <h5>${e.refusals}</h5>
            <ul class="faults">
              ${f.slice(0,b).map(l=>i`<li><b>${l.kind}</b> <span>${l.message}</span>${l.errorId?i` <span class="caption">errorId <code>${l.errorId}</code></span>`:r}</li>`)}
            </ul>
          </div>`:r}
      ${h.length?i`<div>
            <h5>${e.unsent(h.length)}</h5>
            <ul class="faults">
              ${h.slice(0,b).map(l=>i`<li><b>${l.kind}</b> <span>${l.reason}</span> <span class="muted">${l.fix}</span></li>`)}
            </ul>
            ${h.length>b?i`<p class="small muted">${e.unsentMore(h.length-b)}</p>`:r}
          </div>`:r}
      ${s.text?i`<details class="more">
              <summary>${$("chev","s")}${e.text}</summary>
              <pre class="raw report-text" tabindex="0">${s.text}</pre>
            </details>
            <div class="btns">
              <button class="btn" type="button" @click=${()=>void P(t,s,a.root)}>${$("copy")}${e.copy}</button>
              ${!c&&p.accepted>0&&s.state!=="voided"?i`<button class="btn danger-quiet" type="button" aria-expanded=${a.asksVoid?"true":"false"} @click=${()=>a.ask(!a.asksVoid)}>${e.void}</button>`:r}
            </div>`:r}
      ${a.asksVoid?i`<div class="note warn" role="group" aria-label=${e.voidAsk}>
            ${$("alert")}
            <div>
              <h5>${e.voidAsk}</h5>
              <p>${e.voidText}</p>
              <div class="btns">
                <button class="btn small" type="button" @click=${()=>a.ask(!1)}>${t.kit.cancel}</button>
                <button class="btn danger small" type="button" @click=${a.doVoid}>${e.voidDo}</button>
              </div>
            </div>
          </div>`:r}
    </div>
  </section>`}async function P(t,e,s){const o=s.querySelector(".report-text"),a=o?.closest("details");if(await v(e.text??"",null)==="copied"){t.say(t.kit.copied);return}a&&(a.open=!0),await v(e.text??"",o),t.say(t.kit.copyByHand)}const H={testOnly:"Отправляется только в тестовый контур и только с тестовыми unti_id.",flow:"Поток",noFlows:"В этом проекте ещё нет потоков: пакет составлять не из чего.",learner:"Слушатель",chooseLearner:"Выберите слушателя",noLearners:"В этом потоке ещё нет слушателей.",noTestId:"нет тестового unti_id",manyLearners:t=>`Показаны первые ${t} слушателей потока.`,methodist:"unti_id методиста в тестовом контуре",methodistHint:"Без него структура программы в пакет не войдёт.",storage:"Хранилище S3 тестового контура",storageHint:"Необязательно. Без него виды записей с файлами попадут в отчёт как неотправленные. Данные используются один раз и не сохраняются.",send:"Отправить полный пакет",sending:"Отправляем…",earlier:"Отправленные раньше",open:t=>`Показать отчёт: ${t}`,report:"Отчёт",kind:"Вид",statements:"Записей",accepted:"Принято",refused:"Отклонено",totals:(t,e)=>`Принято ${t} из ${e}`,unsent:t=>`Не отправлено: ${t}`,unsentMore:t=>`И ещё ${t}: все перечислены в отчёте.`,refusals:"Отклонённые записи",text:"Текст отчёта",copy:"Скопировать отчёт",void:"Аннулировать в тестовом контуре",voidAsk:"Аннулировать отправленное?",voidText:"Мы отправим в тестовый контур записи об аннулировании. У следующего пакета будут новые номера записей.",voidDo:"Аннулировать",states:{}},j={testOnly:"It goes to the test contour only, with test unti_ids only.",flow:"Flow",noFlows:"This project has no flows yet: there is nothing to make a package of.",learner:"Learner",chooseLearner:"Choose a learner",noLearners:"This flow has no learners yet.",noTestId:"no test unti_id",manyLearners:t=>`The first ${t} learners of the flow are shown.`,methodist:"The methodist’s unti_id of the test contour",methodistHint:"Without it the programme’s structure isn’t part of the package.",storage:"S3 storage of the test contour",storageHint:"Optional. Without it kinds with files are reported as not sent. The data are used once and not kept.",send:"Send the full package",sending:"Sending…",earlier:"Sent before",open:t=>`Show the report: ${t}`,report:"Report",kind:"Kind",statements:"Statements",accepted:"Accepted",refused:"Refused",totals:(t,e)=>`Accepted ${t} of ${e}`,unsent:t=>`Not sent: ${t}`,unsentMore:t=>`And ${t} more: all of them stand in the report.`,refusals:"Refused statements",text:"Text of the report",copy:"Copy the report",void:"Void in the test contour",voidAsk:"Void what was sent?",voidText:"Voiding statements go to the test contour. The next package has statement ids of its own.",voidDo:"Void",states:{running:"being sent",done:"sent and accepted as a whole",incomplete:"not sent as a whole",failed:"not sent",voiding:"being voided",voided:"voided","void-incomplete":"not voided as a whole"}},R={ru:H,en:j};var q=Object.defineProperty,D=Object.getOwnPropertyDescriptor,d=(t,e,s,o)=>{for(var a=o>1?void 0:o?D(e,s):e,c=t.length-1,p;c>=0;c--)(p=t[c])&&(a=(o?p(e,s,a):p(a))||a);return o&&a&&q(e,s,a),a};let n=class extends w{constructor(){super(...arguments),this.project="",this.flows=null,this.learners=null,this.earlier=[],this.shown=null,this.typed={},this.busy=!1,this.broken=null,this.problem=null,this.asksVoid=!1,this.abort=new AbortController}get words(){return R[this.ctx.language]}get setup(){return _[this.ctx.language]}get path(){return L(this.ctx.organization,this.project)}disconnectedCallback(){super.disconnectedCallback(),this.abort.abort(),this.abort=new AbortController}willUpdate(t){t.has("project")&&this.load()}async load(){this.broken=null;try{const[t,e]=await Promise.all([this.ctx.api.get(`${this.path}/scope`),this.ctx.api.get(`${this.path}/full-packages`,{query:{limit:10}})]);this.flows=t.data.known,this.earlier=e.data.items;const s=this.earlier.find(o=>o.state==="running"||o.state==="voiding");s&&this.follow(s.id),this.flows.length&&await this.chooseFlow(this.flows[0].flow)}catch(t){this.broken=t}}async chooseFlow(t){this.typed={...this.typed,flow:t,learner:""},this.learners=null;try{const e=await U(this.ctx.api,this.ctx.organization,t);this.typed.flow===t&&(this.learners=e)}catch(e){this.broken=e}}async send(){if(this.busy||!this.typed.learner)return;this.busy=!0,this.problem=null;const{flow:t,learner:e,methodistTestUntiId:s,storageUrl:o,bucket:a,accessKeyId:c,secretKey:p}=this.typed,f=o||c||p?{storageUrl:o,accessKeyId:c,secretKey:p,...a?{bucket:a}:{}}:void 0;try{const h=await this.ctx.api.post(`${this.path}/stages/2/full-package`,{flow:Number(t),learner:Number(e),...s?.trim()?{methodistTestUntiId:s.trim()}:{},storage:f},{idempotencyKey:k()});this.typed={...this.typed,secretKey:""},this.shown=h.data,await this.follow(h.data.id)}catch(h){this.problem=h}finally{this.busy=!1}}async follow(t){const{signal:e}=this.abort,s=o=>o.state!=="running"&&o.state!=="voiding";await this.ctx.api.follow(`${this.path}/full-packages/${t}`,{state:o=>this.shown=o,isFinal:s,signal:e}),!e.aborted&&(this.shown&&this.ctx.say(`${this.setup.package}: ${this.stateText(this.shown)}`),this.earlier=(await this.ctx.api.get(`${this.path}/full-packages`,{query:{limit:10}})).data.items)}async open(t){this.problem=null;try{this.shown=(await this.ctx.api.get(`${this.path}/full-packages/${t}`)).data,await this.updateComplete,this.renderRoot.querySelector("#report-title")?.focus()}catch(e){this.problem=e}}async voidShown(){this.asksVoid=!1,this.problem=null;const t=this.shown.id;try{this.shown=(await this.ctx.api.post(`${this.path}/full-packages/${t}/void`,{})).data,await this.follow(t)}catch(e){this.problem=e}}stateText(t){return this.words.states[t.state]??t.stateText}render(){const{ctx:t,words:e}=this;return this.broken?m(t,this.broken,()=>void this.load()):this.flows?this.flows.length?i`<div class="stack">
      <p class="small muted">${e.testOnly}</p>
      ${this.form()}
      ${this.problem&&!this.hasFieldFault()?m(t,this.problem):r}
      ${this.shown?C(t,e,this.shown,this.stateText(this.shown),{asksVoid:this.asksVoid,ask:s=>this.asksVoid=s,doVoid:()=>void this.voidShown(),root:this.renderRoot}):r}
      ${this.earlier.length?i`<div>
            <h4>${e.earlier}</h4>
            <ul class="plain">
              ${this.earlier.map(s=>i`<li>
                  <button class="btn quiet small" type="button" aria-label=${e.open(t.locale.moment(s.createdAt))} @click=${()=>void this.open(s.id)}>
                    ${t.locale.moment(s.createdAt)}
                  </button>
                  <span class="small muted">unti_id <span class="mono">${s.untiId}</span>, ${this.stateText(s)}</span>
                </li>`)}
            </ul>
          </div>`:r}
    </div>`:i`<p class="muted">${e.noFlows}</p>`:y(t)}hasFieldFault(){return this.problem instanceof g&&(this.problem.problem.errors?.length??0)>0}form(){const{words:t,typed:e,learners:s}=this,o=!!(e.storageUrl||e.accessKeyId||e.bucket);return i`<div class="fields">
        <div class="field wide">
          <label for="p-flow">${t.flow}</label>
          <div class="select">
            <select class="input" id="p-flow" @change=${a=>void this.chooseFlow(a.target.value)}>
              ${this.flows.map(a=>i`<option value=${a.flow} ?selected=${a.flow===e.flow}>${a.programme}, ${a.title}</option>`)}
            </select>${$("chevd","s")}
          </div>
        </div>
        <div class="field wide">
          <label for="p-learner">${t.learner}</label>
          ${s===null?y(this.ctx):s.learners.length===0?i`<p class="muted">${t.noLearners}</p>`:i`<div class="select">
                    <select class="input" id="p-learner" aria-describedby="p-learner-hint" @change=${a=>this.type("learner",a.target.value)}>
                      <option value="" ?selected=${!e.learner}>${t.chooseLearner}</option>
                      ${s.learners.map(a=>i`<option value=${a.id} ?disabled=${!a.testUntiId} ?selected=${a.id===e.learner}>${a.name} — ${a.testUntiId||t.noTestId}</option>`)}</select
                    >${$("chevd","s")}
                  </div>
                  <p class="hint" id="p-learner-hint">${s.more?t.manyLearners(this.ctx.locale.number(F)):r}</p>`}
          ${this.faultAt("/learner")}
        </div>
        ${this.text("methodistTestUntiId",t.methodist,t.methodistHint)}
      </div>
      <details class="more" ?open=${o}>
        <summary>${$("chev","s")}${t.storage}</summary>
        <div class="inside stack-s">
          <p class="hint">${t.storageHint}</p>
          <div class="fields">
            ${this.text("storageUrl",this.setup.fieldLabels.storageUrl)} ${this.text("bucket",this.setup.fieldLabels.bucket,this.setup.bucketHint)}
            ${this.text("accessKeyId",this.setup.fieldLabels.accessKeyId)} ${this.text("secretKey",this.setup.fieldLabels.secretKey,"","password")}
          </div>
        </div>
      </details>
      <div class="btns">
        <button class="btn" type="button" ?disabled=${!e.learner} aria-busy=${this.busy?"true":r} aria-describedby="p-why" @click=${()=>void this.send()}>
          ${this.busy?i`<span class="spin" aria-hidden="true"></span>${t.sending}`:t.send}
        </button>
        ${e.learner?r:i`<p class="small muted grow" id="p-why">${t.chooseLearner}</p>`}
      </div>`}type(t,e){this.typed={...this.typed,[t]:e}}faultAt(...t){if(!(this.problem instanceof g))return r;for(const e of t){const s=this.problem.field(e);if(s)return S(this.setup,{reason:s.reason,fix:s.fix??""},`p-err${e.replace(/\W/g,"-")}`)}return r}text(t,e,s="",o="text"){return i`<div class="field">
      <label for=${`p-${t}`}>${e}</label>
      <input
        class="input mono" id=${`p-${t}`} type=${o} autocomplete=${o==="password"?"new-password":"off"} spellcheck="false"
        inputmode=${t==="methodistTestUntiId"?"numeric":r}
        .value=${this.typed[t]??""} aria-describedby=${s?`p-${t}-hint`:r}
        @input=${a=>this.type(t,a.target.value)}
      />
      ${s?i`<p class="hint" id=${`p-${t}-hint`}>${s}</p>`:r} ${this.faultAt(`/${t}`,`/storage/${t}`)}
    </div>`}};n.styles=[x,T(V)];d([I()],n.prototype,"project",2);d([u()],n.prototype,"flows",2);d([u()],n.prototype,"learners",2);d([u()],n.prototype,"earlier",2);d([u()],n.prototype,"shown",2);d([u()],n.prototype,"typed",2);d([u()],n.prototype,"busy",2);d([u()],n.prototype,"broken",2);d([u()],n.prototype,"problem",2);d([u()],n.prototype,"asksVoid",2);n=d([A("u2035-package")],n);export{n as U2035Package};
