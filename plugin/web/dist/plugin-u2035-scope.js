import{P as $,o as b,f as m,i as d,g as p,l as g,b as n,A as h,a as y,r as O,n as w,d as i,t as L}from"./u2035.js";import{b as k,I as x,e as T,c as F,w as S}from"./plugin-wizard.js";import{r as j}from"./plugin-role.js";import{s as C,l as N}from"./plugin-learners.js";function f(e){return{allFlows:e.allFlows,flows:e.allFlows?[]:[...e.flows].sort(),channels:[...e.channels].sort((t,s)=>t.flow.localeCompare(s.flow)),leftOutLearners:e.leftOutLearners}}function v(e,t){return JSON.stringify(f(e))!==JSON.stringify(f(t))}function R(e,t){const s=t||e.flows.length?e.flows:e.known.filter(l=>l.covered).map(l=>l.flow);return{...e,allFlows:t,flows:s}}function P(e,t,s){const l=e.flows.filter(a=>a!==t);return{...e,flows:s?[...l,t]:l}}function A(e,t){return e.channels.find(s=>s.flow===t)?.channel??e.known.find(s=>s.flow===t)?.channel??"lrs"}function z(e,t,s){return{...e,channels:[...e.channels.filter(l=>l.flow!==t),{flow:t,channel:s}]}}function D(e,t,s){return{...e,leftOutLearners:[...e.leftOutLearners.filter(l=>l.learner!==t),{learner:t,reason:s}]}}function I(e,t){return{...e,leftOutLearners:e.leftOutLearners.filter(s=>s.learner!==t)}}const _={crumbs:"Где вы",backToList:"Интеграции с У2035",title:"Состав и каналы",lead:"Что из этого проекта передаётся в Университет 20.35 и каким путём. По умолчанию передаются все потоки, включая будущие.",which:"Какие потоки передавать",all:"Все потоки проекта",allText:"Новые потоки добавятся сами.",chosen:"Только выбранные",chosenText:"Новые потоки не передаются, пока их не отметят здесь.",flows:"Потоки и каналы",flow:"Поток",covered:"Передавать",coveredOf:e=>`Передавать: ${e}`,channel:"Канал",channelOf:e=>`Канал: ${e}`,channels:{lrs:"LRS, автоматически",tables:"Таблицы, загружаются вручную"},noFlows:"В проекте ещё нет потоков. Они появятся, когда их пришлёт ваша учебная платформа.",noneChosen:"Не выбран ни один поток: ничего не будет передаваться.",leftOut:"Слушатели вне передачи",leftOutText:"Записи этих слушателей не передаются. Причина остаётся в журнале.",leftOutNone:"Никто не исключён: передаются записи всех слушателей.",leftOutCount:{one:"слушатель",few:"слушателя",many:"слушателей"},add:"Исключить слушателя",addFlow:"Поток слушателя",addLearner:"Слушатель",choose:"Выберите слушателя",reason:"Причина",reasonHint:"Например: отказался от передачи данных.",addDo:"Исключить",remove:"Вернуть в передачу",removeOf:e=>`Вернуть в передачу: ${e}`,learnerNumber:e=>`Слушатель № ${e}`,save:"Сохранить",saving:"Сохраняем…",saved:"Сохранено: действует со следующей отправки.",nothingToSave:"Изменений нет.",unsaved:"Есть несохранённые изменения.",conflict:"Состав уже изменил кто-то другой. Мы показали, как стало: проверьте и повторите изменения, если нужно."},U={crumbs:"Where you are",backToList:"U2035 integrations",title:"Scope and channels",lead:"What of this project goes to University 2035, and by which way. By default all flows go, later ones included.",which:"Which flows go",all:"All flows of the project",allText:"New flows are added by themselves.",chosen:"Only the chosen ones",chosenText:"New flows don’t go until they are ticked here.",flows:"Flows and channels",flow:"Flow",covered:"Goes",coveredOf:e=>`Goes: ${e}`,channel:"Channel",channelOf:e=>`Channel: ${e}`,channels:{lrs:"LRS, automatically",tables:"Tables, uploaded by hand"},noFlows:"The project has no flows yet. They appear when your learning platform sends them.",noneChosen:"No flow is chosen: nothing will be sent.",leftOut:"Learners left out",leftOutText:"Nothing of these learners is sent. The reason stays in the journal.",leftOutNone:"Nobody is left out: the records of all learners go.",leftOutCount:{one:"learner",other:"learners"},add:"Leave a learner out",addFlow:"The learner’s flow",addLearner:"Learner",choose:"Choose a learner",reason:"Reason",reasonHint:"For example: refused to have data passed on.",addDo:"Leave out",remove:"Include again",removeOf:e=>`Include again: ${e}`,learnerNumber:e=>`Learner No. ${e}`,save:"Save",saving:"Saving…",saved:"Saved: it holds from the next sending on.",nothingToSave:"Nothing has changed.",unsaved:"There are changes that aren’t saved.",conflict:"Somebody else has changed the scope. This is how it stands now: look, and repeat your changes if needed."},M={ru:_,en:U};var q=Object.defineProperty,H=Object.getOwnPropertyDescriptor,r=(e,t,s,l)=>{for(var a=l>1?void 0:l?H(t,s):t,c=e.length-1,u;c>=0;c--)(u=e[c])&&(a=(l?u(t,s,a):u(a))||a);return l&&a&&q(t,s,a),a};const W=50;let o=class extends ${constructor(){super(...arguments),this.project="",this.moved=!1,this.saved=null,this.edited=null,this.projectTitle="",this.names=new Map,this.broken=null,this.problem=null,this.conflict=!1,this.busy=!1,this.done=!1,this.addFlow="",this.addLearner="",this.addReason="",this.learners=null}get words(){return M[this.ctx.language]}get path(){return`${k(this.ctx.organization,this.project)}/scope`}willUpdate(e){(e.has("project")||this.isElsewhere(e))&&this.load()}firstUpdated(){this.moved&&this.renderRoot.querySelector("h1")?.focus()}async load(){this.broken=null;try{const[e,t]=await Promise.all([this.ctx.api.get(this.path),new x(this.ctx.api,this.ctx.organization,this.project).read()]);this.projectTitle=t.data.title,this.take(e.data)}catch(e){this.broken=e}}take(e){this.saved=this.edited=e,this.nameThem(e.leftOutLearners.map(t=>t.learner))}async nameThem(e){const t=`${b(this.ctx.organization)}/records/learners`;for(const s of e.filter(l=>!this.names.has(l)).slice(0,W))try{const l=C((await this.ctx.api.get(`${t}/${s}`)).data);this.names=new Map(this.names).set(s,l.name)}catch{}}change(e){this.edited=e,this.done=!1,this.conflict=!1}async save(){if(!(this.busy||!this.saved||!this.edited||!v(this.saved,this.edited))){this.busy=!0,this.problem=null,this.conflict=!1;try{this.take((await this.ctx.api.put(this.path,f(this.edited),{ifMatch:T(this.saved.version)})).data),this.done=!0,this.ctx.say(this.words.saved)}catch(e){const t=F(e);e instanceof m&&e.status===412&&t?.known?(this.take(t),this.conflict=!0):this.problem=e}finally{this.busy=!1}}}async chooseAddFlow(e){this.addFlow=e,this.addLearner="",this.learners=null;try{this.learners=(await N(this.ctx.api,this.ctx.organization,e)).learners}catch(t){this.problem=t}}leaveOut(){const e=this.learners?.find(t=>t.id===this.addLearner);if(!e||!this.addReason.trim()){this.renderRoot.querySelector(e?"#sc-reason":"#sc-learner")?.focus();return}this.names=new Map(this.names).set(e.id,e.name),this.change(D(this.edited,e.id,this.addReason.trim())),this.addLearner=this.addReason=""}async include(e){this.change(I(this.edited,e)),await this.updateComplete,this.renderRoot.querySelector("#left-out-title")?.focus()}render(){const{ctx:e,words:t}=this,s=l=>{l.preventDefault(),e.go("")};return n`<nav class="crumbs" aria-label=${t.crumbs}>
        <a href="#" @click=${s}>${t.backToList}</a>${d("chev","s")}<span aria-current="page">${t.title}</span>
      </nav>
      <div class="page-head"><div class="head-main"><h1 tabindex="-1">${this.projectTitle?`${this.projectTitle}: `:""}${t.title}</h1><p class="lead">${t.lead}</p></div></div>
      ${this.broken?p(e,this.broken,()=>void this.load(),j[e.language]):this.edited?this.form(this.edited):g(e)}`}form(e){const{ctx:t,words:s}=this,l=v(this.saved,e);return n`<section class="panel">
      <div class="stage-body scope">
        ${this.conflict?n`<div class="note warn" role="alert">${d("users")}<p>${s.conflict}</p></div>`:h}
        <fieldset class="stack-s">
          <legend class="group-title">${s.which}</legend>
          <div class="two">${this.range(e,!0,s.all,s.allText)} ${this.range(e,!1,s.chosen,s.chosenText)}</div>
        </fieldset>
        ${e.known.length?this.flows(e):n`<p class="muted">${s.noFlows}</p>`}
        ${!e.allFlows&&e.flows.length===0?n`<div class="note warn">${d("alert")}<p>${s.noneChosen}</p></div>`:h}
        ${this.leftOut(e)} ${this.problem?p(t,this.problem):h}
        ${this.done?n`<div class="note ok">${d("okc")}<p>${s.saved}</p></div>`:h}
      </div>
      <div class="stage-foot">
        <p id="sc-why">${l?s.unsaved:s.nothingToSave}</p>
        <button class="btn primary" type="button" ?disabled=${!l} aria-describedby="sc-why" aria-busy=${this.busy?"true":h} @click=${()=>void this.save()}>
          ${this.busy?s.saving:s.save}
        </button>
      </div>
    </section>`}range(e,t,s,l){return n`<label class="choice boxed">
      <input type="radio" name="range" .checked=${e.allFlows===t} @change=${()=>this.change(R(e,t))} />
      <span><b>${s}</b><small>${l}</small></span>
    </label>`}flows(e){const{words:t}=this;return n`<div>
      <h2 class="group-title" id="flows-title">${t.flows}</h2>
      <table class="flows" aria-labelledby="flows-title">
        <thead><tr><th scope="col">${t.flow}</th>${e.allFlows?h:n`<th scope="col">${t.covered}</th>`}<th scope="col">${t.channel}</th></tr></thead>
        <tbody>
          ${e.known.map(s=>{const l=`${s.programme}, ${s.title}`;return n`<tr>
              <td class="c-name"><b>${s.title}</b><small>${s.programme}</small></td>
              ${e.allFlows?h:n`<td>
                    <label class="tick-box"><input type="checkbox" aria-label=${t.coveredOf(l)} .checked=${e.flows.includes(s.flow)}
                      @change=${a=>this.change(P(e,s.flow,a.target.checked))} /></label>
                  </td>`}
              <td class="c-share">
                <div class="select">
                  <select class="input" aria-label=${t.channelOf(l)} @change=${a=>this.change(z(e,s.flow,a.target.value))}>
                    ${["lrs","tables"].map(a=>n`<option value=${a} ?selected=${A(e,s.flow)===a}>${t.channels[a]}</option>`)}</select
                  >${d("chevd","s")}
                </div>
              </td>
            </tr>`})}
        </tbody>
      </table>
    </div>`}leftOut(e){const{ctx:t,words:s}=this,l=a=>this.names.get(a)??s.learnerNumber(a);return n`<div class="stack-s part">
      <h2 id="left-out-title" tabindex="-1">${s.leftOut}</h2>
      <p class="small muted">${s.leftOutText}</p>
      ${e.leftOutLearners.length?n`<p class="small strong">${t.locale.count(e.leftOutLearners.length,s.leftOutCount)}</p>
            <ul class="left-out">
              ${e.leftOutLearners.map(a=>n`<li>
                  <span><b>${l(a.learner)}</b><small>${a.reason}</small></span>
                  <button class="btn small" type="button" aria-label=${s.removeOf(l(a.learner))} @click=${()=>void this.include(a.learner)}>${s.remove}</button>
                </li>`)}
            </ul>`:n`<p class="muted">${s.leftOutNone}</p>`}
      ${e.known.length?this.adding(e):h}
    </div>`}adding(e){const{words:t}=this,s=a=>{a.target.open&&!this.addFlow&&this.chooseAddFlow(e.known[0].flow)},l=new Set(e.leftOutLearners.map(a=>a.learner));return n`<details class="more" @toggle=${s}>
      <summary>${d("plus","s")}${t.add}</summary>
      <div class="inside stack-s">
        <div class="fields">
          <div class="field">
            <label for="sc-flow">${t.addFlow}</label>
            <div class="select">
              <select class="input" id="sc-flow" @change=${a=>void this.chooseAddFlow(a.target.value)}>
                ${e.known.map(a=>n`<option value=${a.flow} ?selected=${a.flow===this.addFlow}>${a.title}</option>`)}</select
              >${d("chevd","s")}
            </div>
          </div>
          <div class="field">
            <label for="sc-learner">${t.addLearner}</label>
            <div class="select">
              <select class="input" id="sc-learner" @change=${a=>this.addLearner=a.target.value}>
                <option value="" ?selected=${!this.addLearner}>${t.choose}</option>
                ${(this.learners??[]).filter(a=>!l.has(a.id)).map(a=>n`<option value=${a.id} ?selected=${a.id===this.addLearner}>${a.name}${a.untiId?` — ${a.untiId}`:""}</option>`)}</select
              >${d("chevd","s")}
            </div>
          </div>
          <div class="field wide">
            <label for="sc-reason">${t.reason}</label>
            <input class="input" id="sc-reason" maxlength="1000" .value=${this.addReason} aria-describedby="sc-reason-hint" @input=${a=>this.addReason=a.target.value} />
            <p class="hint" id="sc-reason-hint">${t.reasonHint}</p>
          </div>
        </div>
        <div class="btns"><button class="btn" type="button" @click=${()=>this.leaveOut()}>${t.addDo}</button></div>
      </div>
    </details>`}};o.styles=[y,O(S)];r([w()],o.prototype,"project",2);r([w({type:Boolean})],o.prototype,"moved",2);r([i()],o.prototype,"saved",2);r([i()],o.prototype,"edited",2);r([i()],o.prototype,"projectTitle",2);r([i()],o.prototype,"names",2);r([i()],o.prototype,"broken",2);r([i()],o.prototype,"problem",2);r([i()],o.prototype,"conflict",2);r([i()],o.prototype,"busy",2);r([i()],o.prototype,"done",2);r([i()],o.prototype,"addFlow",2);r([i()],o.prototype,"addLearner",2);r([i()],o.prototype,"addReason",2);r([i()],o.prototype,"learners",2);o=r([L("u2035-scope")],o);export{o as U2035Scope};
