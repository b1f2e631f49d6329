import{s as k}from"./host-clipboard.js";import{d as h,I as T,t as y,S as z,a as l,b as a,j as u,r as x,V as j,m as O,y as S,B as q,u as P,f,C as _}from"./shell.js";import{e as w}from"./host-people.js";import{a as C}from"./host-actor.js";const A={organizationTitle:"Журнал событий",serverTitle:"Журнал сервера",lead:"Кто что сделал и когда. Записи только добавляются; секретов в них нет.",at:"Когда",action:"Что",actor:"Кто",subject:"С чем",details:"Подробности",organization:"Организация",from:"С какого дня",to:"По какой день",who:"Кто",whoHint:"логин, token:имя или job:имя",everything:"Всё",kind:"О чём",kinds:[["session.","Входы"],["user.","Пользователи"],["token.","Токены"],["organization.","Сведения организации"],["records.","Записи об обучении"],["integration.","Интеграция"],["run.","Запуски"],["quarantine.","Карантин"],["reflection.","Рефлексии"],["alarms.","Тревоги"],["job.","Задания"]],show:"Показать",clear:"Сбросить",download:"Скачать CSV",address:"Адрес",request:"Номер запроса",noneTitle:"Записей нет",noneText:"Пока никто ничего не делал.",nothingFound:"По этим условиям ничего нет. Измените дни или сбросьте отбор.",verify:"Проверить целостность",verifying:"Проверяем…",whole:"Журнал цел",wholeText:(t,e)=>`Проверено ${t}. Последняя — № ${e}. Запишите её отпечаток в другом месте: по нему видно, что весь журнал не переписан.`,broken:"Журнал изменён в обход сервера",brokenText:t=>`Найдено ${t}. Сохраните копию базы и разберитесь, кто имел к ней доступ.`,rows:{one:"запись",few:"записи",many:"записей"},problems:{one:"нарушение",few:"нарушения",many:"нарушений"},kindsOfProblem:{changed:"изменена",removed:"удалена",inserted:"вставлена"},row:t=>`Запись № ${t}`,hash:"Отпечаток",oneServer:"сервер"},D={organizationTitle:"Journal",serverTitle:"Server journal",lead:"Who did what and when. Entries are only ever added and hold no secret.",at:"When",action:"What",actor:"Who",subject:"Of what",details:"Details",organization:"Organization",from:"From day",to:"To day",who:"Who",whoHint:"a login, token:name or job:name",everything:"Everything",kind:"About",kinds:[["session.","Sign-ins"],["user.","Users"],["token.","Tokens"],["organization.","Organization details"],["records.","Learning records"],["integration.","Integration"],["run.","Runs"],["quarantine.","Quarantine"],["reflection.","Reflections"],["alarms.","Alarms"],["job.","Jobs"]],show:"Show",clear:"Clear",download:"Download CSV",address:"Address",request:"Request",noneTitle:"There are no entries",noneText:"Nobody has done anything yet.",nothingFound:"Nothing fits. Choose other days or clear the filter.",verify:"Check that it is whole",verifying:"Checking…",whole:"The journal is whole",wholeText:(t,e)=>`${t} checked. The last is no. ${e}. Note its hash elsewhere: it proves that the whole journal has not been written anew.`,broken:"The journal was changed by another way than this server",brokenText:t=>`${t} found. Keep a copy of the database and find out who had access to it.`,rows:{one:"entry",other:"entries"},problems:{one:"breach",other:"breaches"},kindsOfProblem:{changed:"changed",removed:"removed",inserted:"put in"},row:t=>`Entry no. ${t}`,hash:"Hash",oneServer:"server"},v={ru:A,en:D};var I=Object.defineProperty,J=Object.getOwnPropertyDescriptor,b=(t,e,i,s)=>{for(var o=s>1?void 0:s?J(e,i):e,r=t.length-1,n;r>=0;r--)(n=t[r])&&(o=(s?n(e,i,o):n(o))||o);return s&&o&&I(e,i,o),o};let d=class extends z{constructor(){super(...arguments),this.proof=null,this.problem=null,this.busy=!1}render(){const t=v[this.ctx.language];return a`<button class="btn" type="button" aria-busy=${this.busy?"true":l} @click=${()=>void this.verify()}>
        ${this.busy?a`<span class="spin" aria-hidden="true"></span>${t.verifying}`:a`${u("ready")}${t.verify}`}
      </button>
      <dialog aria-labelledby="found">
        <form method="dialog">
          ${this.problem?a`<div class="dialog-body found"><h2 id="found" class="sr">${t.verify}</h2>${x(this.ctx,this.problem)}</div>`:this.proof?this.found(this.proof):l}
          <div class="dialog-foot"><button class="btn" autofocus>${this.ctx.kit.close}</button></div>
        </form>
      </dialog>`}found(t){const e=v[this.ctx.language],{locale:i}=this.ctx;return a`<div class="dialog-head">
        <span class="sign ${t.whole?"good":""}">${u(t.whole?"okc":"alert")}</span>
        <div>
          <h2 id="found">${t.whole?e.whole:e.broken}</h2>
          <p>${t.whole?e.wholeText(i.count(t.rows,e.rows),t.head.row):e.brokenText(i.count(t.problemCount,e.problems))}</p>
        </div>
      </div>
      <div class="dialog-body">
        ${t.whole?a`<dl class="pairs"><dt>${e.hash}</dt><dd class="mono">${t.head.hash}</dd></dl>`:a`<ul class="stack-s">${t.problems.map(s=>a`<li>${e.row(s.row)}: ${e.kindsOfProblem[s.kind]??s.kind} <span class="faint small">${s.detail}</span></li>`)}</ul>`}
      </div>`}async verify(){if(!this.busy){this.busy=!0,this.problem=this.proof=null;try{this.proof=(await this.ctx.api.get("/api/v1/journal/verify")).data}catch(t){this.problem=t}this.busy=!1,await this.updateComplete,this.box.showModal()}}};b([h()],d.prototype,"proof",2);b([h()],d.prototype,"problem",2);b([h()],d.prototype,"busy",2);b([T("dialog")],d.prototype,"box",2);d=b([y("lms-journal-verify")],d);var N=Object.defineProperty,W=Object.getOwnPropertyDescriptor,g=(t,e,i,s)=>{for(var o=s>1?void 0:s?W(e,i):e,r=t.length-1,n;r>=0;r--)(n=t[r])&&(o=(s?n(e,i,o):n(o))||o);return s&&o&&N(e,i,o),o};const $={action:"",actor:"",from:"",to:""};let p=class extends j{constructor(){super(...arguments),this.typed=$,this.asked=$,this.problem=null}get words(){return v[this.ctx.language]}get resource(){return this.organization?`/api/v1/organizations/${this.organization}/journal`:"/api/v1/journal"}forbidden(){const{session:t}=this.ctx;return t.serverAdmin?"":this.organization?O(t,this.organization,"organization-admin")?"":this.shell.forbiddenRole(this.shell.roles["organization-admin"]):this.shell.forbiddenServer}key(){return`${this.organization} ${JSON.stringify(this.asked)} ${this.ctx.language}`}load(t){return S(this.ctx,this.resource,this.query(),t)}heading(){return this.organization?this.words.organizationTitle:this.words.serverTitle}lead(){return a`<p class="lead">${this.words.lead}</p>`}actions(){return a`<div class="btns">
      <button class="btn" type="button" @click=${()=>void this.download()}>${u("down")}${this.words.download}</button>
      ${this.organization?l:a`<lms-journal-verify .ctx=${this.ctx}></lms-journal-verify>`}
    </div>`}query(){const{zone:t}=this.ctx.locale,{action:e,actor:i,from:s,to:o}=this.asked;return{...e?{action:e}:{},...i?{actor:i}:{},...s?{from:w(s,t).replace("T23:59:59","T00:00:00")}:{},...o?{to:w(o,t)}:{}}}draw(t){const{words:e}=this,i=JSON.stringify(this.asked)!==JSON.stringify($);return a`${this.problem?x(this.ctx,this.problem):l}
      <section class="panel">
        ${this.tools(i)}
        ${t.items.length===0?a`<div class="empty">${u("book")}<h2>${e.noneTitle}</h2><p>${i?e.nothingFound:e.noneText}</p></div>`:a`<div class="table-wrap">
                <table class="stackable">
                  <thead><tr><th scope="col">${e.at}</th><th scope="col">${e.action}</th><th scope="col">${e.actor}</th>${this.organization?l:a`<th scope="col">${e.organization}</th>`}<th scope="col">${e.details}</th></tr></thead>
                  <tbody>${t.items.map(s=>this.row(s))}</tbody>
                </table>
              </div>
              ${q(this.ctx,t,()=>void this.more())}`}
      </section>`}tools(t){const{words:e,typed:i}=this,s=o=>this.typed={...this.typed,...o};return a`<form class="tools" @submit=${this.filter}>
      ${P(this.ctx,{id:"kind",label:e.kind,value:i.action,options:[["",e.everything],...e.kinds],onInput:o=>s({action:o})})}
      ${f(this.ctx,{id:"from",label:e.from,type:"date",value:i.from,onInput:o=>s({from:o})})}
      ${f(this.ctx,{id:"to",label:e.to,type:"date",value:i.to,onInput:o=>s({to:o})})}
      ${f(this.ctx,{id:"actor",label:e.who,placeholder:e.whoHint,value:i.actor,mono:!0,onInput:o=>s({actor:o})})}
      <div class="btns">
        <button class="btn" type="submit">${e.show}</button>
        ${t?a`<button class="btn quiet" type="button" @click=${()=>this.typed=this.asked=$}>${e.clear}</button>`:l}
      </div>
    </form>`}row(t){const{words:e}=this,{locale:i,language:s}=this.ctx,o=t.actionText,r=Object.entries(t.details),n=m=>this.ctx.organizations.find(c=>c.id===m)?.legalName??m;return a`<tr>
      <td class="num"><time datetime=${t.at}>${i.day(t.at)}, ${i.exactTime(t.at)}</time></td>
      <td data-label=${e.action}><div>${o?a`<b>${o}</b>`:a`<code>${t.action}</code>`}<small class="mono">${t.subject}</small></div></td>
      <td data-label=${e.actor}>${C(s,t.actor)}</td>
      ${this.organization?l:a`<td data-label=${e.organization}>${t.organization?n(t.organization):a`<span class="faint">${e.oneServer}</span>`}</td>`}
      <td data-label=${e.details}>
        <details class="more">
          <summary>${u("chev","s")}${e.details}<span class="sr"> № ${t.id}</span></summary>
          <dl class="pairs">
            <dt>№</dt><dd class="num">${t.id}</dd>
            <dt>${e.action}</dt><dd class="mono">${t.action}</dd>
            ${r.map(([m,c])=>a`<dt>${m}</dt><dd class="mono">${typeof c=="string"?c:JSON.stringify(c)}</dd>`)}
            ${t.clientAddress?a`<dt>${e.address}</dt><dd class="mono">${t.clientAddress}</dd>`:l}
            ${t.requestId?a`<dt>${e.request}</dt><dd class="mono">${t.requestId}</dd>`:l}
          </dl>
        </details>
      </td>
    </tr>`}filter(t){t.preventDefault(),this.asked={...this.typed,actor:this.typed.actor.trim()}}async more(){this.problem=null;try{this.data=await _(this.ctx,this.resource,this.data,this.query())}catch(t){this.problem=t}}async download(){this.problem=null;try{const{blob:t}=await this.ctx.api.download(this.resource,{accept:"text/csv",query:{...this.query(),limit:1e3}});k(t,`${this.organization||"server"}-journal.csv`)}catch(t){this.problem=t}}};g([h()],p.prototype,"typed",2);g([h()],p.prototype,"asked",2);g([h()],p.prototype,"problem",2);p=g([y("lms-journal")],p);export{p as Journal};
