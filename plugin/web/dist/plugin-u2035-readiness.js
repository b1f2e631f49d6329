import{a as S,c as N,n as k,d as h,P as z,o as X,k as ee,w as te,A as l,b as i,i as u,t as f,e as E,h as se,j as ne}from"./u2035.js";import{b as g,l as ae,t as b,L as _,c as q,s as V,a as T,V as ie}from"./plugin-list-part.js";import"./plugin-long-list.js";import{r as oe,m as L}from"./plugin-role2.js";import"./plugin-rows.js";import"./plugin-search-field.js";import{c as B,b as re,i as le,w as D,t as de}from"./plugin-codes.js";import{a as H,p as ce,n as he,f as ue}from"./plugin-names.js";import"./plugin-clipboard.js";import"./plugin-session.js";import"./plugin-query.js";const pe={one:"слушатель",few:"слушателя",many:"слушателей"},$e={one:"слушателя",few:"слушателей",many:"слушателей"},me={title:"Готовность",lead:(e,t,s)=>`У ${e.number(t)} из ${e.count(s,$e)} есть всё, что Университет 20.35 требует для приёма.`,leadUnknown:(e,t)=>`Ещё по ${e.count(t,{one:"слушателю",few:"слушателям",many:"слушателям"})} требования приёма неизвестны: видны только факты.`,leadOnlyUnknown:"Требования приёма по этим проектам неизвестны: вердикта нет, видны только факты.",flows:"Потоки",flow:"Поток",ready:"Готовы",lacks:"Чего не хватает",closing:"Закрытие",flowOf:(e,t)=>`Поток ${e} · ${t}`,readyOf:(e,t,s)=>[e.number(t),`из ${e.number(s)}, ${e.percent(t/s)}`],noVerdict:"вердикта нет",noRules:(e,t)=>`${e.count(t,pe)}, требования неизвестны`,nothingLacks:"всё есть",moreLacks:(e,t)=>`ещё ${e.number(t)}`,lackOf:(e,t)=>`${e}: ${t}`,closingAt:e=>e,closed:e=>`закрыт ${e}`,ended:e=>`закончился ${e}`,today:"сегодня",tomorrow:"завтра",inDays:(e,t)=>`через ${e.count(t,{one:"день",few:"дня",many:"дней"})}`,noClosing:"—",noClosingWhy:"дата не указана в карточке потока",computed:e=>`Посчитано ${e}.`,tables:"таблицами",lrs:"через LRS",emptyTitle:"Готовность ещё не считали",emptyFix:"Её считает каждый ночной запуск. Если потоки загружены, посчитайте сейчас: ничего не отправится.",noFlowsOfProject:"По этому проекту потоков с подсчитанной готовностью нет",flowMissing:"Этого потока в последнем подсчёте нет",flowMissingFix:"Его ещё не считала ни одна ночь, либо он не входит в охват интеграции.",again:"Пересчитать сейчас",againBusy:"Считаем…",againDone:"Готовность пересчитана",againFailed:"Пересчитать не получилось",againFix:"Посмотрите причину в истории запусков утреннего обзора.",againNote:"Только подсчёт: ничего не отправится.",verdicts:"Вердикт",verdict:{ready:"Готов","not-ready":"Не готов",unknown:"Требования неизвестны"},verdictMany:{ready:"Готовы","not-ready":"Не готовы",unknown:"Без вердикта"},onlyWaits:"Ждёт приёма",onlyWaitsHint:(e,t)=>`Из них ${e.count(t,{one:"слушатель только ждёт",few:"слушателя только ждут",many:"слушателей только ждут"})}: делать ничего не нужно, остальное придёт само.`,searchPeople:"Фамилия, id в источнике или unti_id",people:"Слушатели потока",person:"Слушатель",untiId:e=>`unti_id ${e}`,noUntiId:"нет unti_id",externalId:e=>`id ${e}`,factsShort:(e,t,s,n)=>`Факты: принято ${e.number(t)}, ждёт ${e.number(s)}, отказано ${e.number(n)}`,noPeople:"В этом потоке слушателей нет",noPeopleFix:"Загрузите зачисления на поток: следующая ночь их посчитает.",rules:"Требования",rulesNone:"Требования приёма неизвестны",rulesNoneWhy:"В профиле этого проекта нет правил приёма, поэтому вердикта нет: готов слушатель или нет, сервер не знает. Видны только факты.",ruleState:{met:"выполнено",waiting:"придёт само","not-met":"не выполнено"},fix:"Что сделать",recordsOf:"Записи",wayOf:(e,t)=>`${e} ${t}`,wayLabel:(e,t)=>`Путь записи: ${e} ${t}`,judgeReflection:e=>`Прочитать рефлексию ${e} и решить`,toUntiIds:"Загрузить список unti_id",facts:"Факты",hints:"К сведению",fact:{untiId:"unti_id",enrollment:"Зачисление",results:"Результаты",finalWork:"Итоговая работа",reflections:"Рефлексии",viewing:"Просмотр",openings:"Открыто материалов",statements:"Факты xAPI",profile:"Профиль",channel:"Передача"},has:"есть",hasNot:"нет",enrollment:{enrolled:"учится",finished:"закончил обучение",expelled:"отчислен"},notEnrolled:"не зачислен",graded:(e,t,s)=>`проверено ${e.number(t)}${s>0?`, на проверке ${e.number(s)}`:""}`,workNone:e=>e>0?"сдана, ещё не проверена":"результата нет",workNoElement:"в программе потока её нет",work:(e,t,s,n,a)=>[t===null?"балла нет":`балл ${e.number(t)}`,s===null?"успешность не указана":s?"успешность: да":"успешность: нет",n>0?e.count(n,{one:"файл",few:"файла",many:"файлов"}):"файла нет",a?"передана":"ещё не передана"].join(", "),reflectionFacts:(e,t,s,n,a)=>`по модулям ${e.number(t)} из ${e.number(s)}, по курсу ${n?"есть":"нет"}${a>0?`, сомнительных ${e.number(a)}`:""}`,viewingFacts:(e,t,s,n)=>s===0?"видео и вебинаров нет":`${e.number(t)} из ${e.number(s)}${n===null?"":`, в среднем ${e.number(n)} %`}`,viewingHint:"на вердикт не влияет",statementFacts:(e,t,s,n)=>`принято ${e.number(t)}, ждёт ${e.number(s)}, отказано ${e.number(n)}`,personMissing:"В последнем подсчёте этого слушателя нет"},I={one:"learner",other:"learners"},ge={title:"Readiness",lead:(e,t,s)=>`${e.number(t)} of ${e.count(s,I)} have all that University 2035 demands to accept them.`,leadUnknown:(e,t)=>`For ${e.count(t,I)} more the demands are unknown: there are facts only.`,leadOnlyUnknown:"The demands of these projects are unknown: no verdict, facts only.",flows:"Flows",flow:"Flow",ready:"Ready",lacks:"What is lacking",closing:"Closes",flowOf:(e,t)=>`Flow ${e} · ${t}`,readyOf:(e,t,s)=>[e.number(t),`of ${e.number(s)}, ${e.percent(t/s)}`],noVerdict:"no verdict",noRules:(e,t)=>`${e.count(t,I)}, demands unknown`,nothingLacks:"all is there",moreLacks:(e,t)=>`${e.number(t)} more`,lackOf:(e,t)=>`${e}: ${t}`,closingAt:e=>e,closed:e=>`closed ${e}`,ended:e=>`ended ${e}`,today:"today",tomorrow:"tomorrow",inDays:(e,t)=>`in ${e.count(t,{one:"day",other:"days"})}`,noClosing:"—",noClosingWhy:"the flow’s record gives no date",computed:e=>`Computed ${e}.`,tables:"by tables",lrs:"through the LRS",emptyTitle:"Readiness wasn’t computed yet",emptyFix:"Every nightly run does it. If flows are loaded, compute it now: nothing is sent.",noFlowsOfProject:"This project has no flow with readiness",flowMissing:"This flow isn’t in the last count",flowMissingFix:"No night has covered it yet, or it is outside the integration’s scope.",again:"Compute now",againBusy:"Computing…",againDone:"Readiness is computed anew",againFailed:"It couldn’t be computed",againFix:"See the reason in the history of runs of the morning overview.",againNote:"Counts only: nothing is sent.",verdicts:"Verdict",verdict:{ready:"Ready","not-ready":"Not ready",unknown:"Demands unknown"},verdictMany:{ready:"Ready","not-ready":"Not ready",unknown:"No verdict"},onlyWaits:"Waits",onlyWaitsHint:(e,t)=>`${e.count(t,{one:"learner",other:"learners"})} of these only ${t===1?"waits":"wait"}: nothing is to be done, the rest comes by itself.`,searchPeople:"Last name, id in the source or unti_id",people:"The flow’s learners",person:"Learner",untiId:e=>`unti_id ${e}`,noUntiId:"no unti_id",externalId:e=>`id ${e}`,factsShort:(e,t,s,n)=>`Statements: ${e.number(t)} accepted, ${e.number(s)} waiting, ${e.number(n)} refused`,noPeople:"This flow has no learners",noPeopleFix:"Load the flow’s enrolments: the next night counts them.",rules:"Demands",rulesNone:"The demands are unknown",rulesNoneWhy:"This project’s profile has no rules of acceptance, so there is no verdict: the server doesn’t know whether the learner is ready. There are facts only.",ruleState:{met:"met",waiting:"comes by itself","not-met":"not met"},fix:"What to do",recordsOf:"Records",wayOf:(e,t)=>`${e} ${t}`,wayLabel:(e,t)=>`The record’s way: ${e} ${t}`,judgeReflection:e=>`Read reflection ${e} and decide`,toUntiIds:"Load a list of unti_ids",facts:"Facts",hints:"Good to know",fact:{untiId:"unti_id",enrollment:"Enrolment",results:"Results",finalWork:"Final work",reflections:"Reflections",viewing:"Viewing",openings:"Materials opened",statements:"xAPI statements",profile:"Profile",channel:"Channel"},has:"yes",hasNot:"no",enrollment:{enrolled:"studies",finished:"finished",expelled:"expelled"},notEnrolled:"not enrolled",graded:(e,t,s)=>`${e.number(t)} graded${s>0?`, ${e.number(s)} under review`:""}`,workNone:e=>e>0?"handed in, under review":"no result",workNoElement:"the flow’s programme has none",work:(e,t,s,n,a)=>[t===null?"no mark":`mark ${e.number(t)}`,s===null?"success not given":s?"success: yes":"success: no",n>0?e.count(n,{one:"file",other:"files"}):"no file",a?"sent":"not sent yet"].join(", "),reflectionFacts:(e,t,s,n,a)=>`modules ${e.number(t)} of ${e.number(s)}, course: ${n?"yes":"no"}${a>0?`, ${e.number(a)} doubtful`:""}`,viewingFacts:(e,t,s,n)=>s===0?"no videos or webinars":`${e.number(t)} of ${e.number(s)}${n===null?"":`, ${e.number(n)} % on average`}`,viewingHint:"no part of the verdict",statementFacts:(e,t,s,n)=>`${e.number(t)} accepted, ${e.number(s)} waiting, ${e.number(n)} refused`,personMissing:"The last count has no such learner"},c={ru:me,en:ge};var we=Object.defineProperty,fe=Object.getOwnPropertyDescriptor,y=(e,t,s,n)=>{for(var a=n>1?void 0:n?fe(t,s):t,o=e.length-1,r;o>=0;o--)(r=e[o])&&(a=(n?r(t,s,a):r(a))||a);return n&&a&&we(t,s,a),a};const U=e=>!["queued","running"].includes(e.state);let p=class extends z{constructor(){super(...arguments),this.flow="",this.primary=!1,this.busy=!1,this.why="",this.asker=null,this.abort=new AbortController}connectedCallback(){super.connectedCallback(),this.abort=new AbortController,oe(this.ctx).then(e=>this.asker=e)}disconnectedCallback(){super.disconnectedCallback(),this.abort.abort()}async press(){if(this.busy||!L(this.asker,"organization-admin"))return;const{ctx:e,abort:t}=this,s=c[e.language];this.busy=!0,this.why="";try{const n=`${X(e.organization)}/u2035/runs`,a={only:"readiness",...this.flow?{flow:Number(this.flow)}:{}};let r=(await e.api.post(n,a,{idempotencyKey:ee(),signal:t.signal})).data;if(U(r)||await e.api.follow(`${n}/${r.id}`,{state:d=>r=d,isFinal:U,signal:t.signal}),t.signal.aborted)return;r.state==="done"?(e.say(s.againDone),this.dispatchEvent(new CustomEvent("judged"))):this.why=r.message||s.againFix}catch(n){if(t.signal.aborted)return;const a=te(e.kit,n);this.why=a.detail||a.fix}this.busy=!1}render(){const e=c[this.ctx.language],t=!L(this.asker,"organization-admin");return i`<button
        class=${this.primary?"btn primary":"btn"}
        type="button"
        aria-disabled=${t?"true":"false"}
        aria-busy=${this.busy?"true":"false"}
        aria-describedby="note"
        @click=${this.press}
      >
        ${this.busy?i`<span class="spin" aria-hidden="true"></span>${e.againBusy}`:i`${u("refresh")}${e.again}`}
      </button>
      <p class=${t||this.primary?"caption":"sr"} id="note">${t?g[this.ctx.language].needs["organization-admin"]:e.againNote}</p>
      ${this.why?i`<p class="small bad-text" role="alert">${e.againFailed}. ${this.why}</p>`:l}`}};p.styles=[S,N`:host { display: inline-grid; gap: var(--u-1); container: none; } .btn { width: 100%; } p { max-width: 34ch; }`];y([k()],p.prototype,"flow",2);y([k({type:Boolean})],p.prototype,"primary",2);y([h()],p.prototype,"busy",2);y([h()],p.prototype,"why",2);y([h()],p.prototype,"asker",2);p=y([f("u2035-judge-again")],p);const O={verdict:"",code:"",q:""},K=new Map;function ye(e){return e.verdict!==""||e.code!==""||e.q!==""}function A(e){const t=e.q.trim().split(/\s+/).filter(Boolean).slice(0,10).join(" ");return{verdict:e.verdict||void 0,code:e.code||void 0,q:t||void 0}}function ve(e,t){return t.q||t.verdict&&t.code?null:t.code?e.byCode[t.code]??0:t.verdict==="ready"?e.ready:t.verdict==="not-ready"?e.notReady:t.verdict==="unknown"?e.unknown:e.learners}function J(e){return Object.entries(e.byCode).sort((t,s)=>s[1]-t[1]||t[0].localeCompare(s[0]))}function be(e){const t=e.learners-e.unknown;return t>0?e.ready/t:null}function M(e){return e>=.8?"ok":e>=.6?"warn":"bad"}function xe(e){return e.reduce((t,s)=>({ready:t.ready+s.ready,judged:t.judged+s.learners-s.unknown,unknown:t.unknown+s.unknown}),{ready:0,judged:0,unknown:0})}function ke(e,t,s=new Date){if(e.closedAt)return{state:"closed",at:e.closedAt,days:0};if(!e.endsAt)return null;const n=o=>Date.parse(`${t.dateKey(o)}T00:00:00Z`),a=Math.round((n(e.endsAt)-n(s))/864e5);return{state:a<0?"ended":a<=7?"soon":"open",at:e.endsAt,days:a}}function je(e){const t=new Map;for(const s of e.lacks)t.set(s.code,(t.get(s.code)??!0)&&s.state==="waiting");return[...t].map(([s,n])=>({code:s,waits:n})).sort((s,n)=>Number(s.waits)-Number(n.waits))}var Oe=Object.defineProperty,Pe=Object.getOwnPropertyDescriptor,Y=(e,t,s,n)=>{for(var a=n>1?void 0:n?Pe(t,s):t,o=e.length-1,r;o>=0;o--)(r=e[o])&&(a=(n?r(t,s,a):r(a))||a);return n&&a&&Oe(t,s,a),a};function G(e,t){const s=c[e.language],[n,a,o]=t.verdict==="ready"?["ok","check",s.verdict.ready]:t.verdict==="unknown"?["","minus",s.verdictMany.unknown]:t.onlyWaits?["now","clock",s.onlyWaits]:["warn","alert",s.verdict["not-ready"]];return i`<span class="badge ${n}">${u(a)}${o}</span>`}const F=3;let P=class extends z{render(){const{ctx:e,person:t}=this,s=c[e.language],n=je(t),{delivered:a,waiting:o,refused:r}=t.facts.statements,d=H(e,{id:t.learner,externalId:t.externalId??"",...t},t.learner,t.externalId);return i`<div class="line">
      <div>
        <span class="clip">${b(e,`readiness/${t.flow}/${t.learner}`,d)}</span>
        <small>${t.untiId?s.untiId(t.untiId):s.noUntiId}${t.externalId?i` · ${s.externalId(t.externalId)}`:l}</small>
      </div>
      <div>${G(e,t)}</div>
      <div class="lacking">
        ${n.length===0?i`<span class="muted clip2">${t.verdict==="ready"?s.nothingLacks:s.factsShort(e.locale,a,o,r)}</span>`:i`<span class="chips">
              ${n.slice(0,F).map(({code:m,waits:Z})=>i`<span class=${Z?"chip":"chip warn"}>${B(e.language,m)}</span>`)}
              ${n.length>F?i`<span class="chip">${s.moreLacks(e.locale,n.length-F)}</span>`:l}
            </span>`}
      </div>
    </div>`}};P.styles=[S,ae,N`
      :host { height: 100%; }
      .line { grid-template-columns: minmax(0, 1.2fr) 11.5rem minmax(0, 2fr); }
      .chips { max-height: 3rem; overflow: hidden; }
      .badge { max-width: 100%; white-space: normal; line-height: 1.2; }
      .chip { white-space: normal; }
      @container page (max-width: 660px) {
        .line { grid-template-columns: minmax(0, 1fr) auto; align-content: center; }
        .lacking { grid-column: 1 / -1; }
        .badge { font-size: var(--u-fs-xs); }
      }
    `];Y([k({attribute:!1})],P.prototype,"person",2);P=Y([f("u2035-readiness-row")],P);var _e=Object.defineProperty,Ie=Object.getOwnPropertyDescriptor,v=(e,t,s,n)=>{for(var a=n>1?void 0:n?Ie(t,s):t,o=e.length-1,r;o>=0;o--)(r=e[o])&&(a=(n?r(t,s,a):r(a))||a);return n&&a&&_e(t,s,a),a};let $=class extends _{constructor(){super(...arguments),this.asked="",this.flow=null,this.project="",this.filter=O,this.loadRows=null}async fetch(e){const t=this.path;this.flow=null,this.flow=(await E(this.ctx.api,`${this.base}/readiness`,{signal:e})).find(s=>s.flow===t)??null,this.flow&&(this.project=await ce(this.ctx,this.flow.project),this.show())}willUpdate(e){super.willUpdate(e),e.has("asked")&&this.ready&&this.show()}narrow(e){this.ctx.go(se(`readiness/${this.path}`,{...this.filter,...e},O),{replace:!0})}show(){this.filter=ne(this.asked,O),K.set(`${this.ctx.organization}/${this.path}`,this.asked);const e=A(this.filter),{api:t}=this.ctx,s=`${this.base}/readiness/flows/${this.path}`;this.loadRows=async(n,a)=>(await t.get(s,{query:{...e,limit:100,cursor:n},signal:a})).data}render(){const e=c[this.ctx.language],t=g[this.ctx.language],{flow:s}=this,{locale:n}=this.ctx,a=s?s.flowTitle||s.programmeTitle:e.flow;return i`${q(this.ctx,t.way,[{path:"readiness",title:e.title},{title:a}])}
      <header class="page-head">
        <div class="head-main">
          <h1 tabindex="-1">${a}</h1>
          ${s?i`<p class="muted">${s.programmeTitle} · ${this.project} · ${e[s.channel]}</p>
                <p class="lead">
                  ${s.learners>s.unknown?e.lead(n,s.ready,s.learners-s.unknown):e.leadOnlyUnknown}
                  ${e.computed(n.moment(s.computedAt))}
                </p>`:l}
        </div>
        ${s?i`<div class="btns">
              <u2035-csv .ctx=${this.ctx} .from=${`${this.base}/readiness/flows/${this.path}`} .filters=${A(this.filter)}></u2035-csv>
              <u2035-judge-again .ctx=${this.ctx} .flow=${this.path} @judged=${()=>void this.reload()}></u2035-judge-again>
            </div>`:l}
      </header>
      ${this.body(()=>s?this.list(s):this.missing())}`}missing(){const e=c[this.ctx.language];return i`<section class="panel empty">${u("search")}<h2>${e.flowMissing}</h2><p>${e.flowMissingFix}</p>
      <u2035-judge-again primary .ctx=${this.ctx} .flow=${this.path} @judged=${()=>void this.reload()}></u2035-judge-again></section>`}list(e){const t=c[this.ctx.language],s=g[this.ctx.language],{locale:n,language:a}=this.ctx,o=[["not-ready",e.notReady],["ready",e.ready],["unknown",e.unknown]],r=J(e);return i`${e.unknown>0&&e.unknown===e.learners?i`<div class="note warn wide-note">${u("alert")}<div><h2 class="small strong">${t.rulesNone}</h2><p>${t.rulesNoneWhy}</p></div></div>`:e.note?i`<div class="note now wide-note">${u("excl")}<p>${e.note}</p></div>`:l}
      ${e.onlyWaits>0?i`<p class="says wide-note">${t.onlyWaitsHint(n,e.onlyWaits)}</p>`:l}
      <div class="toolbar">
        <u2035-search .ctx=${this.ctx} .label=${t.searchPeople} .hint=${t.searchPeople} .words=${this.filter.q} @search=${d=>this.narrow({q:d.detail})}></u2035-search>
        ${r.length>0?V(t.lacks,this.filter.code,[{value:"",title:t.lacks},...r.map(([d,m])=>({value:d,title:t.lackOf(re(a,d),n.number(m))}))],d=>this.narrow({code:d})):l}
      </div>
      <div class="facets" role="group" aria-label=${t.verdicts}>
        ${T(this.filter.verdict==="",s.all,n.number(e.learners),()=>this.narrow({verdict:""}))}
        ${o.map(([d,m])=>m>0||this.filter.verdict===d||d!=="unknown"&&e.unknown<e.learners?T(this.filter.verdict===d,t.verdictMany[d],n.number(m),()=>this.narrow({verdict:d})):l)}
      </div>
      <section class="panel" aria-label=${t.people}>
        <div class="head-line person-cols" aria-hidden="true"><span>${t.person}</span><span>${t.verdicts}</span><span>${e.unknown===e.learners?t.facts:t.lacks}</span></div>
        <u2035-rows
          .ctx=${this.ctx}
          .load=${this.loadRows}
          .label=${t.people}
          .heights=${[62,118]}
          .total=${ve(e,this.filter)}
          .row=${d=>i`<u2035-readiness-row .ctx=${this.ctx} .person=${d}></u2035-readiness-row>`}
          .empty=${this.emptiness()}
        ></u2035-rows>
      </section>`}emptiness(){const e=c[this.ctx.language],t=g[this.ctx.language];return ye(this.filter)?i`<div class="empty">${u("search")}<h2>${t.nothingFits}</h2><p>${t.nothingFitsFix}</p>
          <button class="btn small" type="button" @click=${()=>this.narrow(O)}>${t.dropFilters}</button></div>`:i`<div class="empty">${u("users")}<h2>${e.noPeople}</h2><p>${e.noPeopleFix}</p></div>`}};v([k()],$.prototype,"asked",2);v([h()],$.prototype,"flow",2);v([h()],$.prototype,"project",2);v([h()],$.prototype,"filter",2);v([h()],$.prototype,"loadRows",2);$=v([f("u2035-readiness-learners")],$);var Fe=Object.defineProperty,Re=Object.getOwnPropertyDescriptor,j=(e,t,s,n)=>{for(var a=n>1?void 0:n?Re(t,s):t,o=e.length-1,r;o>=0;o--)(r=e[o])&&(a=(n?r(t,s,a):r(a))||a);return n&&a&&Fe(t,s,a),a};const R=4;let w=class extends _{constructor(){super(...arguments),this.flows=[],this.known=new Map,this.cards=[],this.project=""}async fetch(e){const t=he(this.ctx),[s,n]=[t.flows(),t.projects()];this.flows=await E(this.ctx.api,`${this.base}/readiness`,{signal:e}),this.known=await s,this.cards=await n}render(){const e=c[this.ctx.language],{locale:t}=this.ctx,s=this.flows.filter(o=>!this.project||o.project===this.project),n=xe(s),a=s.map(o=>o.computedAt).sort()[0];return i`<header class="page-head">
        <div class="head-main">
          <h1 tabindex="-1">${e.title}</h1>
          ${this.ready&&s.length>0?i`<p class="lead">
                ${n.judged>0?e.lead(t,n.ready,n.judged):e.leadOnlyUnknown}
                ${n.judged>0&&n.unknown>0?e.leadUnknown(t,n.unknown):l}
                ${a?e.computed(t.moment(a)):l}
              </p>`:l}
        </div>
        ${this.ready&&this.flows.length>0?i`<div class="btns">
              <u2035-csv .ctx=${this.ctx} .from=${`${this.base}/readiness`} .filters=${{project:this.project||void 0}}></u2035-csv>
              <u2035-judge-again .ctx=${this.ctx} @judged=${()=>void this.reload()}></u2035-judge-again>
            </div>`:l}
      </header>
      ${this.body(()=>this.flows.length===0?this.nothingYet():this.table(s))}`}nothingYet(){const e=c[this.ctx.language];return i`<section class="panel empty">
      ${u("ready")}
      <h2>${e.emptyTitle}</h2>
      <p>${e.emptyFix}</p>
      <u2035-judge-again primary .ctx=${this.ctx} @judged=${()=>void this.reload()}></u2035-judge-again>
    </section>`}table(e){const t=c[this.ctx.language],s=g[this.ctx.language],n=[...new Set(this.flows.map(a=>a.project))];return i`${n.length>1?i`<div class="toolbar">
            ${V(s.project,this.project,[{value:"",title:s.allProjects},...n.map(a=>({value:a,title:this.projectOf(a)}))],a=>this.project=a)}
          </div>`:l}
      <section class="panel" aria-label=${t.flows}>
        <div class="table-wrap">
          <table class="flows">
            <caption class="sr">${t.flows}</caption>
            <thead>
              <tr>
                <th class="c-name" scope="col">${t.flow}</th>
                <th class="c-share" scope="col">${t.ready}</th>
                <th scope="col">${t.lacks}</th>
                <th scope="col">${t.closing}</th>
              </tr>
            </thead>
            <tbody>
              ${e.map(a=>this.flowRow(a))}
            </tbody>
          </table>
        </div>
      </section>`}projectOf(e){return this.cards.find(t=>t.project===e)?.title??e}flowRow(e){const t=c[this.ctx.language],{locale:s}=this.ctx,n=be(e),a=e.learners-e.unknown,[o,r]=n===null?["",""]:t.readyOf(s,e.ready,a),d=this.known.get(e.flow)?.u2035Id??e.flow;return i`<tr>
      <td class="c-name">
        <b>${b(this.ctx,`readiness/${e.flow}`,e.flowTitle||e.programmeTitle)}</b>
        <small>${e.flowTitle?i`${e.programmeTitle}<br />`:l}${t.flowOf(String(d),this.projectOf(e.project))} · ${t[e.channel]}</small>
      </td>
      <td class="c-share">
        ${n===null?i`<span class="muted">${t.noRules(s,e.learners)}</span>`:i`<div class="share">
              <span class="bar ${M(n)}"><i .style=${`width:${n*100}%`}></i></span>
              <span class="num"><b>${o}</b> ${r}</span>
            </div>`}
      </td>
      <td class="c-miss">${this.chips(e,n)}</td>
      <td class="c-date">${this.closing(e)}</td>
    </tr>`}chips(e,t){const s=c[this.ctx.language],n=J(e);if(n.length===0)return t===null?i`<span class="muted">${s.noVerdict}</span>`:i`<span class="ok-text">${s.nothingLacks}</span>`;const a=t!==null&&M(t)==="bad"?"chip bad":"chip";return i`<span class="chips">
      ${n.slice(0,R).map(([o,r])=>i`<span class=${a}>${B(this.ctx.language,o)} <b>${this.ctx.locale.number(r)}</b></span>`)}
      ${n.length>R?i`<span class="chip">${s.moreLacks(this.ctx.locale,n.length-R)}</span>`:l}
    </span>`}closing(e){const t=c[this.ctx.language],{locale:s}=this.ctx,n=ke(e,s);if(!n)return i`<span class="muted">${t.noClosing}<span class="sr">${t.noClosingWhy}</span></span>`;const a=s.day(n.at);if(n.state==="closed")return i`<span class="muted">${t.closed(a)}</span>`;if(n.state==="ended")return i`<span class="muted">${t.ended(a)}</span>`;const o=n.days===0?t.today:n.days===1?t.tomorrow:t.inDays(s,n.days);return i`<span class="nowrap">${a}</span>${n.state==="soon"?i`<small class="bad-text strong">${o}</small>`:l}`}};j([h()],w.prototype,"flows",2);j([h()],w.prototype,"known",2);j([h()],w.prototype,"cards",2);j([h()],w.prototype,"project",2);w=j([f("u2035-readiness-flows")],w);var Ce=Object.defineProperty,Ne=Object.getOwnPropertyDescriptor,W=(e,t,s,n)=>{for(var a=n>1?void 0:n?Ne(t,s):t,o=e.length-1,r;o>=0;o--)(r=e[o])&&(a=(n?r(t,s,a):r(a))||a);return n&&a&&Ce(t,s,a),a};const We=12;let x=class extends _{constructor(){super(...arguments),this.person=null,this.flow=""}async fetch(e){const[t,s]=this.steps;this.flow=await ue(this.ctx,t);const n=`${this.base}/readiness/flows/${encodeURIComponent(t)}/learners/${encodeURIComponent(s)}`;this.person=(await this.ctx.api.get(n,{signal:e})).data}listWay(e){const t=K.get(`${this.ctx.organization}/${e}`);return t?`readiness/${e}?${t}`:`readiness/${e}`}render(){const e=c[this.ctx.language],{person:t}=this,[s]=this.steps,n=t&&this.ready?H(this.ctx,{id:t.learner,externalId:t.externalId??"",...t},t.learner,t.externalId):e.person;return i`${q(this.ctx,g[this.ctx.language].way,[{path:"readiness",title:e.title},{path:this.listWay(s),title:this.flow||e.flow},{title:n}])}
      <header class="page-head">
        <div class="head-main">
          <div class="title-line"><h1 tabindex="-1">${n}</h1>${this.ready&&t?G(this.ctx,t):l}</div>
          ${this.ready&&t?i`<p class="lead">
                ${t.untiId?e.untiId(t.untiId):e.noUntiId}${t.externalId?i` · ${e.externalId(t.externalId)}`:l} ·
                ${e.computed(this.ctx.locale.moment(t.computedAt))}
              </p>`:l}
        </div>
      </header>
      ${this.body(()=>this.view(t))}`}view(e){const t=c[this.ctx.language];return i`<div class="two-cols">
      <div class="stack">
        ${e.rules.length===0?i`<div class="note warn">${u("alert")}<div><h2 class="small strong">${t.rulesNone}</h2><p>${t.rulesNoneWhy}</p></div></div>`:i`<section class="panel">
              <div class="panel-head"><h2>${t.rules}</h2></div>
              <ol class="trail">${e.rules.map(s=>this.rule(s))}</ol>
            </section>`}
        ${e.hints.length>0?i`<div class="note">${u("excl")}<div><h2 class="small strong">${t.hints}</h2>${e.hints.map(s=>i`<p>${s.text}</p>`)}</div></div>`:l}
        ${e.note&&e.rules.length>0?i`<p class="says">${e.note}</p>`:l}
      </div>
      <section class="panel"><div class="panel-head"><h2>${t.facts}</h2></div><div class="panel-body">${this.facts(e,e.facts)}</div></section>
    </div>`}rule(e){const t=c[this.ctx.language],s=e.state==="met"?"done":e.state==="waiting"?"wait":"warn";return i`<li data-state=${s}>
      <span class="dot">${u(e.state==="met"?"check":e.state==="waiting"?"clock":"alert")}</span>
      <span class="trail-name">${e.title}</span>
      <span class="trail-time">${t.ruleState[e.state]}</span>
      ${e.lacks.length>0?i`<div class="trail-extra">${e.lacks.map(n=>this.lack(n))}</div>`:l}
      ${e.lacks.length===0&&e.records.length>0?i`<div class="trail-note">${this.ways(e.records)}</div>`:l}
    </li>`}lack(e){return i`<div class="lack ${e.state}">
      <p>${e.reason}</p>
      <p>${e.fix}</p>
      ${e.code==="no-unti-id"?i`<p class="ways">${b(this.ctx,"unsendable/unti-ids",c[this.ctx.language].toUntiIds)}</p>`:this.ways(e.records,le(e.code))}
    </div>`}ways(e,t=!1){const s=c[this.ctx.language],{language:n}=this.ctx,a=e.filter(o=>D(o)!==null).slice(0,We);return a.length===0?l:i`<p class="ways">
      ${a.map(o=>{const r=de(n,o.kind);return t&&o.kind==="reflection"?b(this.ctx,`reflections/${o.id}`,s.judgeReflection(o.id)):b(this.ctx,D(o),s.wayOf(r,o.id),s.wayLabel(r,o.id))})}
    </p>`}facts(e,t){const s=c[this.ctx.language],{locale:n}=this.ctx,a=t.finalWork;return i`<dl class="facts">
      <dt>${s.fact.untiId}</dt><dd>${t.hasUntiId?e.untiId??s.has:s.hasNot}</dd>
      <dt>${s.fact.enrollment}</dt><dd>${t.enrollment?s.enrollment[t.enrollment]??t.enrollment:s.notEnrolled}</dd>
      <dt>${s.fact.results}</dt><dd>${s.graded(n,t.results.graded,t.results.underReview)}</dd>
      <dt>${s.fact.finalWork}</dt>
      <dd>
        ${a.elements===0?s.workNoElement:a.best?s.work(n,a.best.raw,a.best.success,a.best.files,a.best.told):s.workNone(a.underReview)}
        ${a.best?this.ways([{kind:"result",id:a.best.result,revision:0}]):l}
      </dd>
      <dt>${s.fact.reflections}</dt><dd>${s.reflectionFacts(n,t.reflections.modules,t.reflections.ofModules,t.reflections.programme,t.reflections.doubtful)}</dd>
      <dt>${s.fact.viewing}</dt><dd>${s.viewingFacts(n,t.viewing.watched,t.viewing.elements,t.viewing.meanPercent)}<small>${s.viewingHint}</small></dd>
      <dt>${s.fact.openings}</dt><dd>${n.number(t.openings)}</dd>
      <dt>${s.fact.statements}</dt><dd>${s.statementFacts(n,t.statements.delivered,t.statements.waiting,t.statements.refused)}</dd>
      <dt>${s.fact.channel}</dt><dd>${s[e.channel]}</dd>
      <dt>${s.fact.profile}</dt><dd><code>${e.profile}</code></dd>
    </dl>`}};x.styles=[..._.styles,N`
      .two-cols { display: grid; grid-template-columns: minmax(0, 1fr) minmax(260px, 360px); gap: var(--u-5); align-items: start; }
      .lack { border-left: 3px solid var(--u-warn-line); padding: var(--u-1) 0 var(--u-1) var(--u-3); font-size: var(--u-fs-s); }
      .lack + .lack { margin-top: var(--u-2); }
      .lack.waiting { border-color: var(--u-accent-line); }
      .lack p + p { margin-top: 2px; color: var(--u-ink-2); }
      .ways { display: flex; flex-wrap: wrap; gap: 2px var(--u-3); margin-top: var(--u-1); font-size: var(--u-fs-s); }
      .ways a { display: inline-block; padding-block: 2px; }
      .trail { padding: 0 var(--u-5) var(--u-5); }
      .facts dd small { display: block; color: var(--u-ink-3); }
      [data-state='wait'] .trail-name { color: var(--u-ink); font-weight: var(--u-w-medium); }
      [data-state='warn'] > .dot { background: var(--u-warn-soft); box-shadow: inset 0 0 0 1.5px var(--u-warn); color: var(--u-warn); }
      @container page (max-width: 860px) { .two-cols { grid-template-columns: minmax(0, 1fr); } }
    `];W([h()],x.prototype,"person",2);W([h()],x.prototype,"flow",2);x=W([f("u2035-readiness-learner")],x);var Te=Object.defineProperty,Le=Object.getOwnPropertyDescriptor,Q=(e,t,s,n)=>{for(var a=n>1?void 0:n?Le(t,s):t,o=e.length-1,r;o>=0;o--)(r=e[o])&&(a=(n?r(t,s,a):r(a))||a);return n&&a&&Te(t,s,a),a};let C=class extends ie{constructor(){super(...arguments),this.asked=""}render(){const[e,t]=this.steps;return e?t?i`<u2035-readiness-learner .ctx=${this.ctx} .path=${`${e}/${t}`}></u2035-readiness-learner>`:i`<u2035-readiness-learners .ctx=${this.ctx} .path=${e} .asked=${this.asked}></u2035-readiness-learners>`:i`<u2035-readiness-flows .ctx=${this.ctx}></u2035-readiness-flows>`}};Q([k()],C.prototype,"asked",2);C=Q([f("u2035-readiness")],C);export{C as Readiness};
