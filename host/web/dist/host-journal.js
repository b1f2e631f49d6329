import{e as w,s as k}from"./host-people.js";import{d as h,H as j,t as y,S as T,a as l,b as i,j as u,r as x,V as z,m as O,y as S,B as q,u as P,f as g,C as _}from"./shell.js";function C(t,e){const[a,...s]=e.split(":"),o=s.join(":");return e?a==="token"&&o?t==="ru"?`токен «${o}»`:`token “${o}”`:a==="job"&&o?t==="ru"?`задание ${o}`:`job ${o}`:e:t==="ru"?"неизвестно кто":"nobody known"}const A={organizationTitle:"Журнал событий",serverTitle:"Журнал сервера",lead:"Кто что сделал и когда. Записи только добавляются; секретов в них нет.",at:"Когда",action:"Что",actor:"Кто",subject:"С чем",details:"Подробности",organization:"Организация",from:"С какого дня",to:"По какой день",who:"Кто",whoHint:"логин, token:имя или job:имя",everything:"Всё",kind:"О чём",kinds:[["session.","Входы"],["user.","Пользователи"],["token.","Токены"],["organization.","Сведения организации"],["records.","Записи об обучении"],["integration.","Интеграция"],["run.","Запуски"],["quarantine.","Карантин"],["reflection.","Рефлексии"],["alarms.","Тревоги"],["job.","Задания"]],show:"Показать",clear:"Сбросить",download:"Скачать CSV",address:"Адрес",request:"Номер запроса",noneTitle:"Записей нет",noneText:"Пока никто ничего не делал.",nothingFound:"По этим условиям ничего нет. Измените дни или сбросьте отбор.",verify:"Проверить целостность",verifying:"Проверяем…",whole:"Журнал цел",wholeText:(t,e)=>`Проверено ${t}. Последняя — № ${e}. Запишите её отпечаток в другом месте: по нему видно, что весь журнал не переписан.`,broken:"Журнал изменён в обход сервера",brokenText:t=>`Найдено ${t}. Сохраните копию базы и разберитесь, кто имел к ней доступ.`,rows:{one:"запись",few:"записи",many:"записей"},problems:{one:"нарушение",few:"нарушения",many:"нарушений"},kindsOfProblem:{changed:"изменена",removed:"удалена",inserted:"вставлена"},row:t=>`Запись № ${t}`,hash:"Отпечаток",oneServer:"сервер"},D={organizationTitle:"Journal",serverTitle:"Server journal",lead:"Who did what and when. Entries are only ever added and hold no secret.",at:"When",action:"What",actor:"Who",subject:"Of what",details:"Details",organization:"Organization",from:"From day",to:"To day",who:"Who",whoHint:"a login, token:name or job:name",everything:"Everything",kind:"About",kinds:[["session.","Sign-ins"],["user.","Users"],["token.","Tokens"],["organization.","Organization details"],["records.","Learning records"],["integration.","Integration"],["run.","Runs"],["quarantine.","Quarantine"],["reflection.","Reflections"],["alarms.","Alarms"],["job.","Jobs"]],show:"Show",clear:"Clear",download:"Download CSV",address:"Address",request:"Request",noneTitle:"There are no entries",noneText:"Nobody has done anything yet.",nothingFound:"Nothing fits. Choose other days or clear the filter.",verify:"Check that it is whole",verifying:"Checking…",whole:"The journal is whole",wholeText:(t,e)=>`${t} checked. The last is no. ${e}. Note its hash elsewhere: it proves that the whole journal has not been written anew.`,broken:"The journal was changed by another way than this server",brokenText:t=>`${t} found. Keep a copy of the database and find out who had access to it.`,rows:{one:"entry",other:"entries"},problems:{one:"breach",other:"breaches"},kindsOfProblem:{changed:"changed",removed:"removed",inserted:"put in"},row:t=>`Entry no. ${t}`,hash:"Hash",oneServer:"server"},v={ru:A,en:D};var J=Object.defineProperty,N=Object.getOwnPropertyDescriptor,b=(t,e,a,s)=>{for(var o=s>1?void 0:s?N(e,a):e,n=t.length-1,r;n>=0;n--)(r=t[n])&&(o=(s?r(e,a,o):r(o))||o);return s&&o&&J(e,a,o),o};let d=class extends T{constructor(){super(...arguments),this.proof=null,this.problem=null,this.busy=!1}render(){const t=v[this.ctx.language];return i`<button class="btn" type="button" aria-busy=${this.busy?"true":l} @click=${()=>void this.verify()}>
        ${this.busy?i`<span class="spin" aria-hidden="true"></span>${t.verifying}`:i`${u("ready")}${t.verify}`}
      </button>
      <dialog aria-labelledby="found">
        <form method="dialog">
          ${this.problem?i`<div class="dialog-body found"><h2 id="found" class="sr">${t.verify}</h2>${x(this.ctx,this.problem)}</div>`:this.proof?this.found(this.proof):l}
          <div class="dialog-foot"><button class="btn" autofocus>${this.ctx.kit.close}</button></div>
        </form>
      </dialog>`}found(t){const e=v[this.ctx.language],{locale:a}=this.ctx;return i`<div class="dialog-head">
        <span class="sign ${t.whole?"good":""}">${u(t.whole?"okc":"alert")}</span>
        <div>
          <h2 id="found">${t.whole?e.whole:e.broken}</h2>
          <p>${t.whole?e.wholeText(a.count(t.rows,e.rows),t.head.row):e.brokenText(a.count(t.problemCount,e.problems))}</p>
        </div>
      </div>
      <div class="dialog-body">
        ${t.whole?i`<dl class="pairs"><dt>${e.hash}</dt><dd class="mono">${t.head.hash}</dd></dl>`:i`<ul class="stack-s">${t.problems.map(s=>i`<li>${e.row(s.row)}: ${e.kindsOfProblem[s.kind]??s.kind} <span class="faint small">${s.detail}</span></li>`)}</ul>`}
      </div>`}async verify(){if(!this.busy){this.busy=!0,this.problem=this.proof=null;try{this.proof=(await this.ctx.api.get("/api/v1/journal/verify")).data}catch(t){this.problem=t}this.busy=!1,await this.updateComplete,this.box.showModal()}}};b([h()],d.prototype,"proof",2);b([h()],d.prototype,"problem",2);b([h()],d.prototype,"busy",2);b([j("dialog")],d.prototype,"box",2);d=b([y("lms-journal-verify")],d);var I=Object.defineProperty,W=Object.getOwnPropertyDescriptor,f=(t,e,a,s)=>{for(var o=s>1?void 0:s?W(e,a):e,n=t.length-1,r;n>=0;n--)(r=t[n])&&(o=(s?r(e,a,o):r(o))||o);return s&&o&&I(e,a,o),o};const m={action:"",actor:"",from:"",to:""};let p=class extends z{constructor(){super(...arguments),this.typed=m,this.asked=m,this.problem=null}get words(){return v[this.ctx.language]}get resource(){return this.organization?`/api/v1/organizations/${this.organization}/journal`:"/api/v1/journal"}forbidden(){const{session:t}=this.ctx;return t.serverAdmin?"":this.organization?O(t,this.organization,"organization-admin")?"":this.shell.forbiddenRole(this.shell.roles["organization-admin"]):this.shell.forbiddenServer}key(){return`${this.organization} ${JSON.stringify(this.asked)} ${this.ctx.language}`}load(t){return S(this.ctx,this.resource,this.query(),t)}heading(){return this.organization?this.words.organizationTitle:this.words.serverTitle}lead(){return i`<p class="lead">${this.words.lead}</p>`}actions(){return i`<div class="btns">
      <button class="btn" type="button" @click=${()=>void this.download()}>${u("down")}${this.words.download}</button>
      ${this.organization?l:i`<lms-journal-verify .ctx=${this.ctx}></lms-journal-verify>`}
    </div>`}query(){const{zone:t}=this.ctx.locale,{action:e,actor:a,from:s,to:o}=this.asked;return{...e?{action:e}:{},...a?{actor:a}:{},...s?{from:w(s,t).replace("T23:59:59","T00:00:00")}:{},...o?{to:w(o,t)}:{}}}draw(t){const{words:e}=this,a=JSON.stringify(this.asked)!==JSON.stringify(m);return i`${this.problem?x(this.ctx,this.problem):l}
      <section class="panel">
        ${this.tools(a)}
        ${t.items.length===0?i`<div class="empty">${u("book")}<h2>${e.noneTitle}</h2><p>${a?e.nothingFound:e.noneText}</p></div>`:i`<div class="table-wrap">
                <table class="stackable">
                  <thead><tr><th scope="col">${e.at}</th><th scope="col">${e.action}</th><th scope="col">${e.actor}</th>${this.organization?l:i`<th scope="col">${e.organization}</th>`}<th scope="col">${e.details}</th></tr></thead>
                  <tbody>${t.items.map(s=>this.row(s))}</tbody>
                </table>
              </div>
              ${q(this.ctx,t,()=>void this.more())}`}
      </section>`}tools(t){const{words:e,typed:a}=this,s=o=>this.typed={...this.typed,...o};return i`<form class="tools" @submit=${this.filter}>
      ${P(this.ctx,{id:"kind",label:e.kind,value:a.action,options:[["",e.everything],...e.kinds],onInput:o=>s({action:o})})}
      ${g(this.ctx,{id:"from",label:e.from,type:"date",value:a.from,onInput:o=>s({from:o})})}
      ${g(this.ctx,{id:"to",label:e.to,type:"date",value:a.to,onInput:o=>s({to:o})})}
      ${g(this.ctx,{id:"actor",label:e.who,placeholder:e.whoHint,value:a.actor,mono:!0,onInput:o=>s({actor:o})})}
      <div class="btns">
        <button class="btn" type="submit">${e.show}</button>
        ${t?i`<button class="btn quiet" type="button" @click=${()=>this.typed=this.asked=m}>${e.clear}</button>`:l}
      </div>
    </form>`}row(t){const{words:e}=this,{locale:a,language:s}=this.ctx,o=t.actionText,n=Object.entries(t.details),r=$=>this.ctx.organizations.find(c=>c.id===$)?.legalName??$;return i`<tr>
      <td class="num"><time datetime=${t.at}>${a.day(t.at)}, ${a.exactTime(t.at)}</time></td>
      <td data-label=${e.action}><div>${o?i`<b>${o}</b>`:i`<code>${t.action}</code>`}<small class="mono">${t.subject}</small></div></td>
      <td data-label=${e.actor}>${C(s,t.actor)}</td>
      ${this.organization?l:i`<td data-label=${e.organization}>${t.organization?r(t.organization):i`<span class="faint">${e.oneServer}</span>`}</td>`}
      <td data-label=${e.details}>
        <details class="more">
          <summary>${u("chev","s")}${e.details}<span class="sr"> № ${t.id}</span></summary>
          <dl class="pairs">
            <dt>№</dt><dd class="num">${t.id}</dd>
            <dt>${e.action}</dt><dd class="mono">${t.action}</dd>
            ${n.map(([$,c])=>i`<dt>${$}</dt><dd class="mono">${typeof c=="string"?c:JSON.stringify(c)}</dd>`)}
            ${t.clientAddress?i`<dt>${e.address}</dt><dd class="mono">${t.clientAddress}</dd>`:l}
            ${t.requestId?i`<dt>${e.request}</dt><dd class="mono">${t.requestId}</dd>`:l}
          </dl>
        </details>
      </td>
    </tr>`}filter(t){t.preventDefault(),this.asked={...this.typed,actor:this.typed.actor.trim()}}async more(){this.problem=null;try{this.data=await _(this.ctx,this.resource,this.data,this.query())}catch(t){this.problem=t}}async download(){this.problem=null;try{const{blob:t}=await this.ctx.api.download(this.resource,{accept:"text/csv",query:{...this.query(),limit:1e3}});k(t,`${this.organization||"server"}-journal.csv`)}catch(t){this.problem=t}}};f([h()],p.prototype,"typed",2);f([h()],p.prototype,"asked",2);f([h()],p.prototype,"problem",2);p=f([y("lms-journal")],p);export{p as Journal};
