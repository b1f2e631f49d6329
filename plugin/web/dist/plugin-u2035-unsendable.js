import{c as U,d,A as l,b as a,i as p,t as x,a as E,P as K,o as _t,k as Ot,w as It,n as k,j as rt,h as Lt,e as Pt,g as mt,f as St}from"./u2035.js";import{L as _,c as V,b as $,t as I,l as G,a as Y,s as J,V as Ct}from"./plugin-list-part.js";import{d as ft,w as gt,k as et,b as X,t as Tt}from"./plugin-codes.js";import"./plugin-long-list.js";import{a as wt,w as st,f as it}from"./plugin-row-names.js";import{e as L}from"./plugin-query.js";import{n as Dt,l as $t}from"./plugin-names.js";import{r as nt,m as B}from"./plugin-role2.js";import"./plugin-rows.js";import"./plugin-search-field.js";import{m as yt}from"./plugin-until.js";import"./plugin-clipboard.js";import"./plugin-session.js";import"./plugin-directive-helpers.js";const S={one:"запись",few:"записи",many:"записей"},Mt={title:"Чего не хватает",lead:(t,e)=>e===0?"Всё, что есть на сервере, может быть передано.":`${t.count(e,S)} ${t.form(e,{one:"не может",few:"не могут",many:"не могут"})} быть ${t.form(e,{one:"передана",few:"переданы",many:"переданы"})}, пока не исправлена причина. Остальные уходят.`,asOf:"Так нашла последняя ночь: исправленное исчезнет отсюда после следующей.",twice:"Одна запись может стоять здесь дважды: для LRS и для таблиц.",noUntiId:"Слушатели без unti_id",noUntiIdHint:(t,e)=>e===0?"у всех слушателей он есть":`${t.count(e,S)} ${t.form(e,{one:"ждёт",few:"ждут",many:"ждут"})}, не ${t.form(e,{one:"отправлена",few:"отправлены",many:"отправлены"})}`,noMapping:"Записи без сопоставления",noMappingHint:"нет элемента программы или передачи для него",corrections:"Изменено после отправки",correctionsHint:"оставить или отменить переданное",groups:"Причины",reason:"Причина",people:(t,e)=>t.count(e,{one:"слушатель",few:"слушателя",many:"слушателей"}),searchLabel:"Поиск: имя, unti_id или id слушателя, id факта",searchHint:"Имя, unti_id, id факта",whatToDo:"Что сделать",waits:"Делать ничего не нужно",todo:"Нужно исправить",emptyTitle:"Не хватает ничего",emptyFix:"Последняя ночь не нашла записей, которые не могут быть переданы.",decisions:"Принятые решения",untiIds:"Загрузка unti_id",list:"Записи",learners:"Слушатели",learner:"Слушатель",record:"Запись",why:"Причина",origin:"Куда",anyOrigin:"Куда угодно",origins:{statements:"в LRS",tables:"в таблицы","xapi-files":"в файлы xAPI","test-tables":"в тестовые таблицы"},recordOf:(t,e)=>`${t} ${e}`,noLearner:"Структура программы",waitsRecords:(t,e)=>`${t.form(e,{one:"ждёт",few:"ждут",many:"ждут"})} ${t.count(e,S)}`,readiness:"Готовность слушателя",goneTitle:"Таких записей нет",goneFix:"Последняя ночь их не нашла. Если причину исправили, больше делать нечего.",neverLead:"Ночных запусков ещё не было: что может быть передано, неизвестно.",neverTitle:"Проверять ещё нечего",neverFix:"Что может уйти, а что нет, находит каждый ночной запуск. Первый можно сделать пробным на утреннем обзоре: ничего не отправится.",loadUntiIds:"Загрузить список unti_id",toMatching:"Сопоставить",elsewhereMatching:"Откройте раздел «Сопоставление»: там подбирают недостающие id.",judge:"Проверить рефлексии",exportsLink:"К файлам выгрузки",nothingChosen:"Ничего не выбрано",chosen:(t,e)=>`Выбрано: ${t.count(e,S)}`,all:(t,e)=>e===null?"Все по отбору":`Все по отбору: ${t.number(e)}`,choose:t=>`Выбрать: ${t}`,allByIdsOnly:"Снимите поиск и отбор по виду и пути, чтобы решить обо всех сразу.",chooseFirst:"Выберите записи или «Все по отбору».",onlyLrs:"Решают о записях, которые идут в LRS. Эти стоят здесь из-за таблиц или файлов xAPI.",keep:"Оставить как передано",cancel:"Отменить переданное…",keepTitle:(t,e)=>`Оставить переданное как есть${e===null?"?":`: ${t.count(e,S)}?`}`,cancelTitle:(t,e)=>`Отменить переданное${e===null?"?":`: ${t.count(e,S)}?`}`,keepMeans:"В Университете 20.35 останется то, что отправлено. Записи уйдут из этого списка, пока не изменятся снова.",cancelMeans:"Ближайшая ночь отправит отмену со сканом официального письма. Когда LRS её примет, запись уйдёт заново. Удалённая заново не уйдёт.",comment:"Почему",commentHint:"сохранится в журнале",commentMissing:"Напишите причину.",letter:"Скан официального письма",letterHint:"Университет 20.35 принимает отмену только с ним. PDF или снимок.",letterMissing:"Выберите файл: без скана письма отмену не примут.",doKeep:"Оставить",doCancel:"Отменить переданное",decided:(t,e)=>`Решено: ${t.count(e,S)}. Исполнит ближайшая ночь.`,decisionsLead:"Что решили об изменённом после отправки. Исполняет ближайшая ночь.",decision:{keep:"Оставлено",cancel:"Отменяется"},cancellation:t=>`отмена: ${t}`,cancellationState:{waiting:"ждёт ночи",sending:"отправляется",in_doubt:"ответа ещё нет",accepted:"принята",confirmed:"принята и прочитана обратно",quarantined:"отказана, в карантине",withdrawn:"отозвана"},noCancellation:"отмена ещё не отправлена",decidedBy:(t,e)=>`${t}, ${e}`,noDecisions:"Решений ещё не было",noDecisionsFix:"Они появятся, когда запись изменится после отправки и вы решите, что с ней делать.",untiLead:"Возьмите список заявок в личном кабинете Университета 20.35 («ЛК2035.xlsx») или тот же список в CSV. Сначала покажем, кому что подходит: без вашего подтверждения ничего не запишется.",file:"Файл со списком",fileHint:".xlsx или .csv, до 32 МБ. Сам файл не хранится.",contour:"Чьи это unti_id",contours:{production:"Промышленный контур",test:"Тестовый контур"},reading:"Читаем файл…",readAs:(t,e,s)=>`${t.count(e,{one:"строка",few:"строки",many:"строк"})}${s?`, лист «${s}»`:""}. По каким столбцам узнать слушателя?`,sheet:"Лист",columns:"Столбцы файла",column:"Столбец",meaning:"Что в нём",notUsed:"не использовать",fields:{untiId:"unti_id",flowId:"ID потока Университета 20.35",courseId:"ID курса",status:"статус заявки",externalId:"id слушателя в источнике",leaderId:"Leader ID",fullName:"ФИО целиком",lastName:"фамилия",firstName:"имя",middleName:"отчество",email:"e-mail"},likely:t=>`Узнавать по столбцу: ${t}`,anyStatus:"Брать и заявки, которые ещё не одобрены",problems:{noUntiId:"Укажите столбец с unti_id.",noFlowId:"Укажите столбец с ID потока Университета 20.35.",noKey:"Отметьте, по каким столбцам узнать слушателя: например, Leader ID или фамилия с именем.",emailAlone:"Одного e-mail мало: адреса никто не проверяет. Добавьте ФИО или другой столбец.",partOfName:"Часть имени не отличает людей: добавьте фамилию с именем, ФИО, Leader ID или id.",twice:"Одно и то же указано в двух столбцах: оставьте один."},preview:"Показать совпадения",another:"Выбрать другой файл",imports:"Прежние загрузки",noImports:"Списков ещё не загружали",importOf:t=>`Загрузка ${t}`,importRows:(t,e)=>t.count(e,{one:"строка",few:"строки",many:"строк"}),importDone:t=>`записано ${t}`,importUndone:t=>`отменено ${t}`,importWaits:"не записано",contradictions:(t,e)=>`Источник противоречит подтверждённым unti_id: ${t.count(e,{one:"слушатель",few:"слушателя",many:"слушателей"})}`,contradiction:(t,e)=>`подтверждён ${t}, источник даёт ${e||"пусто"}`,showThem:"Показать",states:{matched:"Найдены",conflicting:"Указан другой unti_id",applied:"Записаны",applying:"Запись прервана",unmatched:"Не найдены",ambiguous:"Подходят нескольким",taken:"unti_id занят","bad-unti-id":"unti_id записан неверно",refused:"Не записаны","left-out":"Заявка не одобрена",same:"Уже указаны",repeated:"Повторы",kept:"Отменить нельзя",undone:"Отменены"},standing:{matched:"Найден",conflicting:"Указан другой unti_id",applied:"Записан",applying:"Запись прервана",unmatched:"Не найден",ambiguous:"Подходит нескольким",taken:"unti_id занят","bad-unti-id":"unti_id записан неверно",refused:"Не записан","left-out":"Заявка не одобрена",same:"Уже указан",repeated:"Повтор",kept:"Отменить нельзя",undone:"Отменён"},fixOtherStatus:"Дождитесь одобрения или загрузите список заново, отметив «Брать и заявки, которые ещё не одобрены».",importLead:(t,e,s)=>`${t.count(e,{one:"строка",few:"строки",many:"строк"})} в файле, слушатель найден у ${t.number(s)}.`,notWritten:"Пока ничего не записано.",written:(t,e,s,n)=>`Записано ${t.number(e)}: ${s}, ${n}.`,undoneBy:(t,e)=>`Отменено: ${t}, ${e}.`,apply:(t,e)=>`Записать ${t.number(e)} unti_id`,applyNone:"Записывать нечего: нет строк, у которых нашёлся слушатель.",applyUnfinished:(t,e)=>`${t.count(e,{one:"строка",few:"строки",many:"строк"})} прошлой записи прервались на середине: запись завершит их.`,undo:"Отменить запись…",undoTitle:(t,e)=>`Вернуть как было: ${t.number(e)} unti_id?`,undoMeans:"Слушатели получат прежние unti_id или останутся без них. Уже отправленное не меняется. У кого unti_id с тех пор изменился, тот останется как есть.",doUndo:"Вернуть как было",outcome:t=>`Готово: ${t}.`,outcomePart:(t,e,s)=>`${e.toLowerCase()} ${t.number(s)}`,overwrite:t=>`Заменить ${t}`,overwriteChosen:(t,e)=>`Из них с заменой прежнего: ${t.number(e)}.`,rowNumber:t=>`строка ${t}`,rowsOf:"Строки списка",row:"Строка",found:"Слушатель",allIsWell:"готова к записи"},C={one:"record",other:"records"},q={one:"row",other:"rows"},Rt={title:"What is missing",lead:(t,e)=>e===0?"All that is on the server can go.":`${t.count(e,C)} can’t go until the cause is mended. The others go.`,asOf:"As the last night found it: what is mended leaves this list after the next one.",twice:"A record may stand here twice: for the LRS and for the tables.",noUntiId:"Learners without unti_id",noUntiIdHint:(t,e)=>e===0?"every learner has one":`${t.count(e,C)} ${e===1?"waits":"wait"}, not sent`,noMapping:"Records without mapping",noMappingHint:"no element of the programme, or no way to send it",corrections:"Changed after sending",correctionsHint:"keep or cancel what was sent",groups:"Causes",reason:"Cause",people:(t,e)=>t.count(e,{one:"learner",other:"learners"}),searchLabel:"Search: name, unti_id or id of the learner, statement id",searchHint:"Name, unti_id, statement id",whatToDo:"What to do",waits:"Nothing to be done",todo:"To be mended",emptyTitle:"Nothing is missing",emptyFix:"The last night found no record that can’t go.",decisions:"Decisions made",untiIds:"Loading unti_ids",list:"Records",learners:"Learners",learner:"Learner",record:"Record",why:"Cause",origin:"Where to",anyOrigin:"Anywhere",origins:{statements:"to the LRS",tables:"to the tables","xapi-files":"to xAPI files","test-tables":"to test tables"},recordOf:(t,e)=>`${t} ${e}`,noLearner:"Programme’s structure",waitsRecords:(t,e)=>`${t.count(e,C)} ${e===1?"waits":"wait"}`,readiness:"The learner’s readiness",goneTitle:"There are no such records",goneFix:"The last night found none. If the cause was mended, nothing is left to do.",neverLead:"No night has run yet: what can go isn’t known.",neverTitle:"Nothing was checked yet",neverFix:"Every nightly run finds what can go and what can’t. The first may be a dry run in the morning overview: nothing is sent.",loadUntiIds:"Load a list of unti_ids",toMatching:"Match them",elsewhereMatching:"Open “Matching”: the missing ids are found there.",judge:"Review the reflections",exportsLink:"To the export’s files",nothingChosen:"Nothing chosen",chosen:(t,e)=>`${t.count(e,C)} chosen`,all:(t,e)=>e===null?"All that fit":`All that fit: ${t.number(e)}`,choose:t=>`Choose: ${t}`,allByIdsOnly:"Drop the search and the filters by kind and way to decide on all at once.",chooseFirst:"Choose records, or “All that fit”.",onlyLrs:"Decisions are on records that go to the LRS. These are here because of tables or xAPI files.",keep:"Keep what was sent",cancel:"Cancel what was sent…",keepTitle:(t,e)=>`Keep what was sent${e===null?"?":`: ${t.count(e,C)}?`}`,cancelTitle:(t,e)=>`Cancel what was sent${e===null?"?":`: ${t.count(e,C)}?`}`,keepMeans:"University 2035 keeps what was sent. The records leave this list until they change again.",cancelMeans:"The next night sends the cancellation with a scan of the official letter. Once the LRS has accepted it, the record goes anew. A deleted one doesn’t.",comment:"Why",commentHint:"is kept in the journal",commentMissing:"Give the reason.",letter:"Scan of the official letter",letterHint:"University 2035 takes a cancellation with it only. PDF or a picture.",letterMissing:"Choose the file: a cancellation isn’t taken without the letter.",doKeep:"Keep",doCancel:"Cancel what was sent",decided:(t,e)=>`Decided: ${t.count(e,C)}. The next night carries it out.`,decisionsLead:"What was decided on what changed after sending. The next night carries it out.",decision:{keep:"Kept",cancel:"Cancelled"},cancellation:t=>`cancellation: ${t}`,cancellationState:{waiting:"waits for a night",sending:"being sent",in_doubt:"no answer yet",accepted:"accepted",confirmed:"accepted and read back",quarantined:"refused, in quarantine",withdrawn:"withdrawn"},noCancellation:"the cancellation isn’t sent yet",decidedBy:(t,e)=>`${t}, ${e}`,noDecisions:"No decision yet",noDecisionsFix:"They appear when a record changes after sending and you decide what to do.",untiLead:"Take the list of applications from University 2035’s account (“ЛК2035.xlsx”), or the same as CSV. You see first whom it fits: nothing is written until you confirm.",file:"The list",fileHint:".xlsx or .csv, 32 MB at most. The file itself isn’t kept.",contour:"Whose unti_ids",contours:{production:"Production contour",test:"Test contour"},reading:"Reading the file…",readAs:(t,e,s)=>`${t.count(e,q)}${s?`, sheet “${s}”`:""}. By which columns is a learner found?`,sheet:"Sheet",columns:"The file’s columns",column:"Column",meaning:"What it holds",notUsed:"don’t use",fields:{untiId:"unti_id",flowId:"University 2035’s flow ID",courseId:"course ID",status:"application’s status",externalId:"learner’s id in the source",leaderId:"Leader ID",fullName:"full name",lastName:"last name",firstName:"first name",middleName:"patronymic",email:"e-mail"},likely:t=>`Find by it: ${t}`,anyStatus:"Take applications that aren’t approved too",problems:{noUntiId:"Say which column holds the unti_id.",noFlowId:"Say which column holds University 2035’s flow ID.",noKey:"Say by which columns a learner is found: Leader ID, or last name with first name.",emailAlone:"An e-mail alone won’t do: nobody verifies addresses. Add the full name or another column.",partOfName:"A part of a name is no person: add last name with first name, full name, Leader ID or id.",twice:"The same is given for two columns: keep one."},preview:"Show the matches",another:"Choose another file",imports:"Earlier lists",noImports:"No list was loaded yet",importOf:t=>`Loaded ${t}`,importRows:(t,e)=>t.count(e,q),importDone:t=>`written ${t}`,importUndone:t=>`undone ${t}`,importWaits:"not written",contradictions:(t,e)=>`The source contradicts confirmed unti_ids: ${t.count(e,{one:"learner",other:"learners"})}`,contradiction:(t,e)=>`confirmed ${t}, the source gives ${e||"none"}`,showThem:"Show",states:{matched:"Found",conflicting:"Another unti_id is set",applied:"Written",applying:"Writing cut off",unmatched:"Not found",ambiguous:"Fits several",taken:"unti_id is taken","bad-unti-id":"Malformed unti_id",refused:"Not written","left-out":"Not approved",same:"Set already",repeated:"Repeated",kept:"Can’t be undone",undone:"Undone"},standing:{matched:"Found",conflicting:"Another unti_id is set",applied:"Written",applying:"Writing cut off",unmatched:"Not found",ambiguous:"Fits several",taken:"unti_id is taken","bad-unti-id":"Malformed unti_id",refused:"Not written","left-out":"Not approved",same:"Set already",repeated:"Repeated",kept:"Can’t be undone",undone:"Undone"},fixOtherStatus:"Wait for the approval, or load the list again with “Take applications that aren’t approved too” ticked.",importLead:(t,e,s)=>`${t.count(e,q)} in the file, a learner is found for ${t.number(s)}.`,notWritten:"Nothing is written yet.",written:(t,e,s,n)=>`${t.number(e)} written: ${s}, ${n}.`,undoneBy:(t,e)=>`Undone: ${t}, ${e}.`,apply:(t,e)=>`Write ${t.number(e)} unti_ids`,applyNone:"Nothing to write: no row has found its learner.",applyUnfinished:(t,e)=>`${t.count(e,q)} of the last writing were cut off: writing ends them.`,undo:"Undo…",undoTitle:(t,e)=>`Put back ${t.number(e)} unti_ids?`,undoMeans:"Learners get their earlier unti_ids or none. What was sent doesn’t change. Who has another unti_id by now keeps it.",doUndo:"Put back",outcome:t=>`Done: ${t}.`,outcomePart:(t,e,s)=>`${e.toLowerCase()} ${t.number(s)}`,overwrite:t=>`Replace ${t}`,overwriteChosen:(t,e)=>`Of these replacing another: ${t.number(e)}.`,rowNumber:t=>`row ${t}`,rowsOf:"Rows of the list",row:"Row",found:"Learner",allIsWell:"ready to be written"},h={ru:Mt,en:Rt};var Ut=Object.defineProperty,Nt=Object.getOwnPropertyDescriptor,at=(t,e,s,n)=>{for(var i=n>1?void 0:n?Nt(e,s):e,o=t.length-1,r;o>=0;o--)(r=t[o])&&(i=(n?r(e,s,i):r(i))||i);return n&&i&&Ut(e,s,i),i};let j=class extends _{constructor(){super(...arguments),this.items=[],this.next=null}async fetch(t){this.items=[],this.next=null,await this.more(t)}async more(t){const e=(await this.ctx.api.get(`${this.base}/corrections`,{query:{limit:100,cursor:this.next},signal:t})).data;this.items=[...this.items,...e.items],this.next=e.next}render(){const t=h[this.ctx.language];return a`${V(this.ctx,$[this.ctx.language].way,[{path:"unsendable",title:t.title},{title:t.decisions}])}
      <header class="page-head">
        <div class="head-main"><h1 tabindex="-1">${t.decisions}</h1><p class="lead">${t.decisionsLead}</p></div>
        ${this.ready&&this.items.length>0?a`<div class="btns"><u2035-csv .ctx=${this.ctx} .from=${`${this.base}/corrections`}></u2035-csv></div>`:l}
      </header>
      ${this.body(()=>this.items.length===0?a`<section class="panel empty">${p("okc")}<h2>${t.noDecisions}</h2><p>${t.noDecisionsFix}</p></section>`:this.table())}`}table(){const t=h[this.ctx.language];return a`<section class="panel">
      <div class="table-wrap">
        <table class="flows">
          <caption class="sr">${t.decisions}</caption>
          <thead><tr><th scope="col">${t.record}</th><th scope="col">${t.learner}</th><th scope="col">${t.decisions}</th><th scope="col">${t.comment}</th></tr></thead>
          <tbody>${this.items.map(e=>this.line(e))}</tbody>
        </table>
      </div>
      ${this.next?a`<div class="table-foot"><button class="btn small" type="button" @click=${()=>this.more().catch(e=>this.failed=e)}>${this.ctx.kit.more}</button></div>`:l}
    </section>`}line(t){const{ctx:e}=this,s=h[e.language],n=s.recordOf(ft(e.language,t.record.kind),t.record.id),i=gt(t.record),o=t.cancellation===null?s.noCancellation:s.cancellation(s.cancellationState[t.cancellation]??t.cancellation);return a`<tr>
      <td><b>${i?I(e,i,n):n}</b><small>${[et(e.language,t.kind),wt(t)].filter(Boolean).join(" · ")}</small></td>
      <td>${st(e,t,s.noLearner)}<small>${it(e,t)}</small></td>
      <td>${s.decision[t.decision]}${t.decision==="cancel"?a`<small>${o}</small>`:l}<small>${s.decidedBy(t.decidedBy,e.locale.moment(t.decidedAt))}</small></td>
      <td><p>${t.comment}</p></td>
    </tr>`}};j.styles=[..._.styles,U`td { vertical-align: top; padding-block: var(--u-3); } td p { max-width: 46ch; overflow-wrap: anywhere; }`];at([d()],j.prototype,"items",2);at([d()],j.prototype,"next",2);j=at([x("u2035-decisions")],j);const z=["unknown-element","unknown-module","no-template","kind-not-in-profile","template-not-mapped","element-deleted","wrong-flow"],A=["changed-after-sending","deleted-after-sending","no-letter","referred-by-learners"],At=new Set(["file-not-in-storage","being-cancelled","reflection-unchecked","may-have-arrived"]),W="no-mapping",jt={"no-unti-id":"learners","no-test-unti-id":"learners?contour=test","no-programme-id":"elements?kind=programme","no-flow-id":"elements?kind=flow","no-module-id":"elements?kind=module","no-theme-id":"elements?kind=theme"};function ot(t){return jt[t]??null}function Ft(t){return Object.entries(t).map(([e,s])=>({code:e,count:s,waits:At.has(e)})).sort((e,s)=>Number(e.waits)-Number(s.waits)||s.count-e.count||e.code.localeCompare(s.code))}function lt(t,e){return e.reduce((s,n)=>s+(t[n]??0),0)}const T={code:"",flow:"",project:"",kind:"",origin:"",q:""};function ct(t){return{code:t.code||void 0,flow:t.flow||void 0,project:t.project||void 0,kind:t.kind||void 0,origin:t.origin||void 0,q:t.q||void 0}}function qt(t){return!!(t.flow||t.project||t.kind||t.origin||t.q)}function zt(t){const e=new Map;for(const s of t){if(s.learner===null)continue;const n=`${s.learner}/${s.flow}`,i=e.get(n)??{learner:s.learner,learnerExternalId:s.learnerExternalId??"",learnerName:s.learnerName,flow:s.flow,flowTitle:s.flowTitle,records:0,seen:new Set};i.seen.add(`${s.record.kind}/${s.record.id}`),i.records=i.seen.size,e.set(n,i)}return[...e.values()].map(({seen:s,...n})=>n)}function Wt(t,e,s){const n=e.length>0?{unsendable:e}:{code:s.code,...s.project?{project:s.project}:{},...s.flow?{flow:Number(s.flow)}:{}};return{...t,...n}}function dt(t){return t.origin==="statements"}function ht(t){return t.kind===""&&t.q===""&&(t.origin===""||t.origin==="statements")}function bt(t,e){t.go(ot(e)??"learners",{element:"u2035-matching"})||t.say(h[t.language].elsewhereMatching,!0)}var Bt=Object.defineProperty,Ht=Object.getOwnPropertyDescriptor,F=(t,e,s,n)=>{for(var i=n>1?void 0:n?Ht(e,s):e,o=t.length-1,r;o>=0;o--)(r=t[o])&&(i=(n?r(e,s,i):r(i))||i);return n&&i&&Bt(e,s,i),i};let D=class extends _{constructor(){super(...arguments),this.summary={total:0,byCode:{},learners:{}},this.samples=new Map,this.isTwice=!1,this.hasRun=!0}async fetch(t){const{api:e}=this.ctx,s=async r=>(await e.get(`${this.base}/unsendable/summary`,{query:{origin:r},signal:t})).data,[n,...i]=await Promise.all([s(),s("statements"),s("tables"),s("xapi-files")]);this.summary=n,this.isTwice=i.filter(r=>r.total>0).length>1,this.hasRun=n.total>0||(await e.get(`${this.base}/runs`,{query:{limit:1},signal:t})).data.items.length>0;const o=await Promise.all(Object.keys(this.summary.byCode).map(async r=>(await e.get(`${this.base}/unsendable`,{query:{code:r,limit:1},signal:t})).data.items[0]));this.samples=new Map(o.flatMap(r=>r?[[r.code,r]]:[]))}render(){const t=h[this.ctx.language],{total:e,byCode:s}=this.summary;return a`<header class="page-head">
        <div class="head-main">
          <h1 tabindex="-1">${t.title}</h1>
          ${this.ready?a`<p class="lead">${this.hasRun?t.lead(this.ctx.locale,e):t.neverLead}</p>
                ${e>0?a`<p class="muted small">${t.asOf} ${this.isTwice?t.twice:l}</p>`:l}`:l}
        </div>
        ${this.ready&&e>0?a`<div class="btns"><u2035-csv .ctx=${this.ctx} .from=${`${this.base}/unsendable`}></u2035-csv></div>`:l}
      </header>
      ${this.body(()=>a`<div class="ways">
            ${this.way("unsendable/no-unti-id","idoff",t.noUntiId,this.hasRun?t.noUntiIdHint(this.ctx.locale,s["no-unti-id"]??0):"",this.summary.learners["no-unti-id"]??0)}
            ${this.way(`unsendable/${W}`,"split",t.noMapping,t.noMappingHint,lt(s,z))}
            ${this.way(this.correctionPath(),"refresh",t.corrections,t.correctionsHint,lt(s,A))}
          </div>
          ${e===0?a`<section class="panel empty">${p(this.hasRun?"okc":"clock")}<h2>${this.hasRun?t.emptyTitle:t.neverTitle}</h2><p>${this.hasRun?t.emptyFix:t.neverFix}</p></section>`:this.table(Ft(s))}`)}`}correctionPath(){const t=A.find(e=>(this.summary.byCode[e]??0)>0);return t?`unsendable/${t}`:"unsendable/corrections"}way(t,e,s,n,i){return a`<div class="way">${p(e)}<span>${I(this.ctx,t,s)}</span><span class="count ${i>0?"bad":""}">${this.ctx.locale.number(i)}</span><small>${n}</small></div>`}table(t){const e=h[this.ctx.language],s=[[e.todo,t.filter(n=>!n.waits)],[e.waits,t.filter(n=>n.waits)]];return a`<div class="stack">
      ${s.map(([n,i])=>i.length===0?l:a`<section class="panel">
              <div class="panel-head"><h2>${n}</h2></div>
              <ul>${i.map(o=>this.group(o))}</ul>
            </section>`)}
    </div>`}group(t){const e=h[this.ctx.language],s=this.samples.get(t.code),n=this.summary.learners[t.code]??0;return a`<li class="group">
      <div><b>${I(this.ctx,`unsendable/${t.code}`,X(this.ctx.language,t.code))}</b>${s?a`<p>${s.reason}</p>`:l}</div>
      <div class="fix">${s?a`<p><span class="sr">${e.whatToDo}: </span>${s.fix}</p>`:l}${ot(t.code)===null?l:a`<p><button class="btn small" type="button" @click=${()=>bt(this.ctx,t.code)}>${e.toMatching}</button></p>`}</div>
      <div class="n num">${this.ctx.locale.number(t.count)}${n>0?a`<small>${e.people(this.ctx.locale,n)}</small>`:l}</div>
    </li>`}};D.styles=[..._.styles,U`
      .ways { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: var(--u-4); margin-bottom: var(--u-5); }
      .way { position: relative; display: grid; grid-template-columns: 20px minmax(0, 1fr) auto; gap: 0 var(--u-3); padding: var(--u-4); background: var(--u-surface); border: 1px solid var(--u-line); border-radius: var(--u-r-l); box-shadow: var(--u-shadow-1); }
      .way:hover { background: var(--u-sunken); }
      .way .i { color: var(--u-ink-3); margin-top: 1px; }
      .way a { color: var(--u-ink); font-weight: var(--u-w-medium); }
      .way a::after { content: ''; position: absolute; inset: 0; border-radius: var(--u-r-l); }
      .way .count { align-self: start; }
      .way small { grid-column: 2; color: var(--u-ink-3); font-size: var(--u-fs-s); }
      .group { display: grid; grid-template-columns: minmax(0, 1.1fr) minmax(0, 1.4fr) 7.5rem; gap: 2px var(--u-5); padding: var(--u-3) var(--u-5); border-top: 1px solid var(--u-line); align-items: start; }
      .group:hover { background: var(--u-sunken); }
      .group .n { text-align: right; font-weight: var(--u-w-bold); font-size: var(--u-fs-l); }
      .group .n small { display: block; font-weight: var(--u-w-regular); font-size: var(--u-fs-xs); color: var(--u-ink-3); }
      .group p { font-size: var(--u-fs-s); color: var(--u-ink-2); text-wrap: pretty; overflow-wrap: anywhere; }
      .group b { font-weight: var(--u-w-medium); }
      @container page (max-width: 860px) { .ways { grid-template-columns: minmax(0, 1fr); gap: var(--u-2); } }
      @container page (max-width: 660px) {
        .group { grid-template-columns: minmax(0, 1fr) auto; padding-inline: var(--u-4); }
        .group .fix { grid-column: 1 / -1; grid-row: 2; }
      }
    `];F([d()],D.prototype,"summary",2);F([d()],D.prototype,"samples",2);F([d()],D.prototype,"isTwice",2);F([d()],D.prototype,"hasRun",2);D=F([x("u2035-unsendable-groups")],D);var Et=Object.defineProperty,Kt=Object.getOwnPropertyDescriptor,O=(t,e,s,n)=>{for(var i=n>1?void 0:n?Kt(e,s):e,o=t.length-1,r;o>=0;o--)(r=t[o])&&(i=(n?r(e,s,i):r(i))||i);return n&&i&&Et(e,s,i),i};let b=class extends K{constructor(){super(...arguments),this.decision="keep",this.count=null,this.faults={},this.busy=!1,this.failed=null,this.chosen=[]}async open(t,e,s,n){this.decision=t,this.chosen=e,this.filter=s,this.count=n,this.faults={},this.failed=null,await this.updateComplete,this.comment.value="",this.file&&(this.file.value=""),this.dialog.showModal(),(t==="cancel"?this.file:this.comment)?.focus()}async decide(t){if(t.preventDefault(),this.busy)return;const{ctx:e}=this,s=h[e.language],n=this.comment.value.trim(),i=this.file?.files?.[0];if(this.faults={...n?{}:{comment:s.commentMissing},...this.decision==="cancel"&&!i?{letter:s.letterMissing}:{}},this.faults.letter)return this.file?.focus();if(this.faults.comment)return this.comment.focus();this.busy=!0,this.failed=null;try{const o=_t(e.organization);let r;if(i&&this.decision==="cancel"){const P=new URLSearchParams({source:"u2035",externalId:`letter-${Ot()}`,name:i.name});r=(await e.api.post(`${o}/records/files?${P}`,new Blob([i],{type:"application/octet-stream"}))).data.id}const c=Wt({decision:this.decision,comment:n,...r?{letter:r}:{}},this.chosen,this.filter),{decided:u}=(await e.api.post(`${o}/u2035/corrections`,c)).data;this.dialog.close(),e.say(s.decided(e.locale,u)),this.dispatchEvent(new CustomEvent("decided"))}catch(o){this.failed=o}this.busy=!1}render(){const{ctx:t}=this,e=h[t.language],s=this.decision==="cancel",n=this.failed?It(t.kit,this.failed):null;return a`<dialog aria-labelledby="title" aria-describedby="means">
      <form class="dialog" novalidate @submit=${this.decide}>
        <div class="dialog-head">
          <span class="sign ${s?"":"now"}">${p(s?"alert":"okc")}</span>
          <div>
            <h2 id="title">${s?e.cancelTitle(t.locale,this.count):e.keepTitle(t.locale,this.count)}</h2>
            <p id="means">${s?e.cancelMeans:e.keepMeans}</p>
          </div>
        </div>
        <div class="dialog-body">
          <div class="field" ?hidden=${!s}>
            <label for="letter">${e.letter}</label>
            <input class="input" id="letter" type="file" accept=".pdf,image/*" aria-invalid=${this.faults.letter?"true":"false"} aria-describedby="letter-says" />
            <p class=${this.faults.letter?"small bad-text":"hint"} id="letter-says">${this.faults.letter??e.letterHint}</p>
          </div>
          <div class="field">
            <label for="why">${e.comment} <span class="faint light">${e.commentHint}</span></label>
            <textarea class="input" id="why" rows="3" maxlength="2000" aria-invalid=${this.faults.comment?"true":"false"} aria-describedby=${this.faults.comment?"why-says":l}></textarea>
            ${this.faults.comment?a`<p class="small bad-text" id="why-says" role="alert">${this.faults.comment}</p>`:l}
          </div>
          ${n?a`<div class="note bad" role="alert">${p("excl")}<div><h3>${n.title}</h3><p>${n.detail||n.fix}</p></div></div>`:l}
        </div>
        <div class="dialog-foot">
          <button class="btn" type="button" @click=${()=>this.dialog.close()}>${t.kit.cancel}</button>
          <button class="btn ${s?"danger":"primary"}" type="submit" aria-busy=${this.busy?"true":"false"}>
            ${this.busy?a`<span class="spin" aria-hidden="true"></span>`:l}${s?e.doCancel:e.doKeep}
          </button>
        </div>
      </form>
    </dialog>`}};b.styles=[E,G];O([d()],b.prototype,"decision",2);O([d()],b.prototype,"count",2);O([d()],b.prototype,"faults",2);O([d()],b.prototype,"busy",2);O([d()],b.prototype,"failed",2);O([L("dialog")],b.prototype,"dialog",2);O([L("textarea")],b.prototype,"comment",2);O([L('input[type="file"]')],b.prototype,"file",2);b=O([x("u2035-decide")],b);var Vt=Object.defineProperty,Gt=Object.getOwnPropertyDescriptor,N=(t,e,s,n)=>{for(var i=n>1?void 0:n?Gt(e,s):e,o=t.length-1,r;o>=0;o--)(r=t[o])&&(i=(n?r(e,s,i):r(i))||i);return n&&i&&Vt(e,s,i),i};const vt=U`
  :host { height: 100%; }
  .line { grid-template-columns: minmax(0, 1fr) minmax(0, 1.1fr) minmax(0, 1.6fr); }
  .line.pickable { grid-template-columns: 26px minmax(0, 1fr) minmax(0, 1.1fr) minmax(0, 1.6fr); }
  .line.learner { grid-template-columns: minmax(0, 1.3fr) minmax(0, 1fr) 10rem; }
  .line.learner > :last-child { text-align: right; }
  @container page (max-width: 660px) {
    .line.learner > :last-child { text-align: left; }
    .line, .line.learner { grid-template-columns: minmax(0, 1fr); align-content: center; }
    .line.pickable { grid-template-columns: 26px minmax(0, 1fr); align-content: center; }
    .line.pickable > :not(.tick) { grid-column: 2; }
    .line.pickable .tick { grid-row: 1 / span 3; }
  }
`;let M=class extends K{constructor(){super(...arguments),this.chosen=null,this.fixed=!1}render(){const{ctx:t,one:e}=this,s=h[t.language],n=s.recordOf(ft(t.language,e.record.kind),e.record.id),i=gt(e.record),o=r=>this.dispatchEvent(new CustomEvent("pick",{detail:{id:e.id,on:r.target.checked},bubbles:!0,composed:!0}));return a`<div class=${this.chosen===null?"line":"line pickable"}>
      ${this.chosen===null?l:a`<span class="tick"><input type="checkbox" .checked=${this.chosen} ?disabled=${this.fixed} title=${this.fixed?s.onlyLrs:l} aria-label=${s.choose(n)} @change=${o} /></span>`}
      <div><span class="clip strong">${st(t,e,s.noLearner)}</span><small>${it(t,e)} · ${s.origins[e.origin]}</small></div>
      <div>
        <span class="clip">${i?I(t,i,n,`${$[t.language].openWay}: ${Tt(t.language,e.record.kind)} ${e.record.id}`):n}</span>
        <small>${[et(t.language,e.kind),wt(e)].filter(Boolean).join(" · ")}</small>
      </div>
      <div><span class="clip2 muted" title=${e.reason}>${e.reason}</span></div>
    </div>`}};M.styles=[E,G,vt];N([k({attribute:!1})],M.prototype,"one",2);N([k({attribute:!1})],M.prototype,"chosen",2);N([k({attribute:!1})],M.prototype,"fixed",2);M=N([x("u2035-unsendable-row")],M);let H=class extends K{render(){const{ctx:t,one:e}=this,s=h[t.language];return a`<div class="line learner">
      <div>
        <span class="clip">${I(t,`readiness/${e.flow}/${e.learner}`,st(t,e,s.noLearner))}</span>
        <small>id ${e.learnerExternalId||e.learner}</small>
      </div>
      <div class="muted clip">${it(t,e)}</div>
      <div class="num muted">${s.waitsRecords(t.locale,e.records)}</div>
    </div>`}};H.styles=[E,G,vt];N([k({attribute:!1})],H.prototype,"one",2);H=N([x("u2035-waiting-learner")],H);var Qt=Object.defineProperty,Yt=Object.getOwnPropertyDescriptor,f=(t,e,s,n)=>{for(var i=n>1?void 0:n?Yt(e,s):e,o=t.length-1,r;o>=0;o--)(r=t[o])&&(i=(n?r(e,s,i):r(i))||i);return n&&i&&Qt(e,s,i),i};let m=class extends _{constructor(){super(...arguments),this.asked="",this.filter=T,this.byCode={},this.byOrigin=new Map,this.count=null,this.sample=null,this.kinds=new Set,this.flows=[],this.cards=[],this.loadRows=null,this.chosen=new Set,this.everyone=!1,this.asker=null,this.usual=T,this.drawRow=t=>this.ofLearners?a`<u2035-waiting-learner .ctx=${this.ctx} .one=${t}></u2035-waiting-learner>`:a`<u2035-unsendable-row .ctx=${this.ctx} .one=${t} .chosen=${this.decides?dt(t)&&(this.everyone||this.chosen.has(t.id)):null} .fixed=${!dt(t)}></u2035-unsendable-row>`,this.pick=t=>{const{id:e,on:s}=t.detail,n=new Set(this.everyone?[]:this.chosen);s?n.add(e):n.delete(e),this.everyone=!1,this.chosen=n,this.rows?.redraw()}}get way(){return this.steps[0]??""}get decides(){return A.includes(this.filter.code)}get ofLearners(){return this.filter.code==="no-unti-id"}async fetch(t){const{api:e}=this.ctx,s=Dt(this.ctx);this.usual=T;const[n,i,o,r]=await Promise.all([e.get(`${this.base}/unsendable/summary`,{signal:t}),s.flows(),s.projects(),nt(this.ctx)]);this.byCode=n.data.byCode,this.flows=[...i.values()],this.cards=o,this.asker=r,this.kinds=new Set;const c=this.way===W?z.find(u=>(this.byCode[u]??0)>0)??z[0]:this.way;this.usual={...T,code:c},await this.show(rt(this.asked,this.usual),t)}willUpdate(t){super.willUpdate(t),t.has("asked")&&this.usual!==T&&this.show(rt(this.asked,this.usual))}narrow(t){this.ctx.go(Lt(`unsendable/${this.way}`,{...this.filter,...t},this.usual),{replace:!0})}async show(t,e){this.filter=t,this.chosen=new Set,this.everyone=!1;const{api:s}=this.ctx,n=`${this.base}/unsendable`,i=ct(t);this.loadRows=this.ofLearners?this.learners(i):async(o,r)=>this.noted((await s.get(n,{query:{...i,limit:100,cursor:o},signal:r})).data);try{const o=["statements","tables","xapi-files"],[r,...c]=await Promise.all([s.get(n,{query:{code:t.code,limit:1},signal:e}),...o.map(u=>s.get(`${n}/summary`,{query:{...i,origin:u},signal:e}))]);if(this.filter!==t)return;this.sample=r.data.items[0]??null,this.byOrigin=new Map(o.map((u,P)=>[u,c[P].data.total])),this.count=t.origin?this.byOrigin.get(t.origin)??null:[...this.byOrigin.values()].reduce((u,P)=>u+P,0)}catch(o){e?.aborted||(this.failed=o)}}noted(t){const e=new Set([...this.kinds,...t.items.map(s=>s.kind)]);return e.size!==this.kinds.size&&(this.kinds=e),t}learners(t){const{api:e}=this.ctx;return async(s,n)=>{const i=await Pt(e,`${this.base}/unsendable`,{query:t,signal:n});return{items:zt(i),next:null}}}render(){const t=h[this.ctx.language],e=this.way===W?t.noMapping:this.ofLearners?t.noUntiId:X(this.ctx.language,this.way);return a`${V(this.ctx,$[this.ctx.language].way,[{path:"unsendable",title:t.title},{title:e}])}
      <header class="page-head">
        <div class="head-main"><h1 tabindex="-1">${e}</h1>${this.ready&&this.sample?a`<p class="lead">${this.sample.reason}</p>`:l}</div>
        ${this.ready?a`<div class="btns">
              <u2035-csv .ctx=${this.ctx} .from=${`${this.base}/unsendable`} .filters=${ct(this.filter)}></u2035-csv>
              ${this.ofLearners?a`<button class="btn primary" type="button" @click=${()=>this.ctx.go("unsendable/unti-ids")}>${p("idoff")}${t.loadUntiIds}</button>`:l}
              ${ot(this.filter.code)===null?l:a`<button class=${this.ofLearners?"btn":"btn primary"} id="match" type="button" @click=${()=>bt(this.ctx,this.filter.code)}>${p("idoff")}${t.toMatching}</button>`}
              ${this.filter.code.startsWith("reflection-held")?a`<button class="btn primary" type="button" @click=${()=>this.ctx.go("reflections")}>${p("text")}${t.judge}</button>`:l}
            </div>`:l}
      </header>
      ${this.body(()=>this.view())}`}view(){const t=h[this.ctx.language],{language:e,locale:s}=this.ctx,n=this.way===W?z.filter(i=>(this.byCode[i]??0)>0):A.includes(this.way)?A.filter(i=>(this.byCode[i]??0)>0):[];return a`${this.sample?a`<div class="note wide-note">${p("excl")}<div><h2 class="small strong">${t.whatToDo}</h2><p>${this.sample.fix}</p>
            ${this.filter.code==="may-have-arrived"?a`<p>${I(this.ctx,"exports",t.exportsLink)}</p>`:l}</div></div>`:l}
      ${n.length>1?a`<div class="facets" role="group" aria-label=${t.reason}>
            ${n.map(i=>Y(this.filter.code===i,X(e,i),s.number(this.byCode[i]??0),()=>this.narrow({...T,code:i})))}
          </div>`:l}
      ${this.filters()}
      <section class="panel" aria-label=${this.ofLearners?t.learners:t.list} @pick=${this.pick}>
        ${this.decides?this.bulk():l}
        ${this.ofLearners?l:a`<div class="head-line ${this.decides?"unsendable-pick-cols":"unsendable-cols"}" aria-hidden="true">
              ${this.decides?a`<span></span>`:l}<span>${t.learner}</span><span>${t.record}</span><span>${t.why}</span>
            </div>`}
        <u2035-rows
          .ctx=${this.ctx}
          .load=${this.loadRows}
          .label=${this.ofLearners?t.learners:t.list}
          .heights=${this.ofLearners?[56,92]:[62,128]}
          .total=${this.ofLearners?null:this.count}
          .row=${this.drawRow}
          .empty=${this.emptiness()}
        ></u2035-rows>
      </section>
      ${this.decides?a`<p class="gap-top">${I(this.ctx,"unsendable/corrections",t.decisions)}</p><u2035-decide .ctx=${this.ctx} @decided=${()=>void this.reload().then(()=>this.focusTitle())}></u2035-decide>`:l}`}filters(){const t=h[this.ctx.language],e=$[this.ctx.language],{language:s,locale:n}=this.ctx,i=[...this.byOrigin].filter(([c,u])=>u>0||c===this.filter.origin),r=[[e.project,this.filter.project,[{value:"",title:e.allProjects},...this.cards.map(c=>({value:c.project,title:c.title}))],c=>this.narrow({project:c})],[e.flow,this.filter.flow,[{value:"",title:e.allFlows},...this.flows.map(c=>({value:c.id,title:c.title||e.flowNumber(c.id)}))],c=>this.narrow({flow:c})],[e.kind,this.filter.kind,[{value:"",title:e.allKinds},...[...this.kinds].sort().map(c=>({value:c,title:et(s,c)}))],c=>this.narrow({kind:c})],[t.origin,this.filter.origin,[{value:"",title:t.anyOrigin},...i.map(([c,u])=>({value:c,title:`${t.origins[c]}: ${n.number(u)}`}))],c=>this.narrow({origin:c})]].filter(([,c,u])=>c!==""||u.length>2);return a`<div class="toolbar">
      <u2035-search .ctx=${this.ctx} .label=${t.searchLabel} .hint=${t.searchHint} .words=${this.filter.q} @search=${c=>this.narrow({q:c.detail})}></u2035-search>
      ${r.map(([c,u,P,kt])=>J(c,u,P,kt))}
    </div>`}bulk(){const t=h[this.ctx.language],{locale:e}=this.ctx,s=this.byOrigin.get("statements")??0,n=ht(this.filter)&&s>0,i=B(this.asker,"organization-admin")?s===0?t.onlyLrs:!this.everyone&&this.chosen.size===0?t.chooseFirst:"":$[this.ctx.language].needs["organization-admin"],o=c=>{i?this.ctx.say(i,!0):this.dialog.open(c,this.everyone?[]:[...this.chosen],this.filter,this.everyone?s:this.chosen.size)},r=(c,u)=>a`<button class="btn small ${u}" type="button" aria-disabled=${i?"true":"false"} aria-describedby="bulk-says" @click=${()=>o(c)}>${t[c]}</button>`;return a`<div class="bulk">
      <label class="pick">
        <input
          type="checkbox"
          .checked=${this.everyone}
          ?disabled=${!n}
          @change=${c=>{this.everyone=c.target.checked,this.chosen=new Set,this.rows?.redraw()}}
        />${t.all(e,s)}
      </label>
      <span id="bulk-says">${ht(this.filter)?i||(this.everyone?l:t.chosen(e,this.chosen.size)):t.allByIdsOnly}</span>
      <div class="btns">${r("keep","")}${r("cancel","danger-quiet")}</div>
    </div>`}emptiness(){const t=h[this.ctx.language],e=$[this.ctx.language];return qt(this.filter)?a`<div class="empty">${p("search")}<h2>${e.nothingFits}</h2><p>${e.nothingFitsFix}</p>
          <button class="btn small" type="button" @click=${()=>this.narrow({...T,code:this.filter.code})}>${e.dropFilters}</button></div>`:a`<div class="empty">${p("okc")}<h2>${t.goneTitle}</h2><p>${t.goneFix}</p></div>`}};f([k()],m.prototype,"asked",2);f([d()],m.prototype,"filter",2);f([d()],m.prototype,"byCode",2);f([d()],m.prototype,"byOrigin",2);f([d()],m.prototype,"count",2);f([d()],m.prototype,"sample",2);f([d()],m.prototype,"kinds",2);f([d()],m.prototype,"flows",2);f([d()],m.prototype,"cards",2);f([d()],m.prototype,"loadRows",2);f([d()],m.prototype,"chosen",2);f([d()],m.prototype,"everyone",2);f([d()],m.prototype,"asker",2);f([L("u2035-rows")],m.prototype,"rows",2);f([L("u2035-decide")],m.prototype,"dialog",2);m=f([x("u2035-unsendable-list")],m);const Z=["untiId","flowId","courseId","status","externalId","leaderId","fullName","lastName","firstName","middleName","email"],Jt=["untiId","flowId","courseId","status"];function Xt(t){const e=new Map;for(const{column:s,field:n,namesALearner:i}of t.columns)n!==null&&!i&&Z.includes(n)&&![...e.values()].includes(n)&&e.set(s,n);return e}function ut(t){const e=[...t.values()];if(new Set(e).size<e.length)return"twice";const s=o=>e.includes(o);if(!s("untiId"))return"noUntiId";if(!s("flowId"))return"noFlowId";const n=e.filter(o=>!Jt.includes(o));return n.length===0?"noKey":n.length===1&&n[0]==="email"?"emailAlone":s("externalId")||s("leaderId")||s("fullName")||s("lastName")&&s("firstName")||s("email")&&n.length>1?null:"partOfName"}function Zt(t,e){const s=new URLSearchParams;for(const[n,i]of t)s.append("match",`${i}:${n}`);return s.set("contour",e.contour),e.anyStatus&&s.set("anyStatus","true"),e.sheet&&s.set("sheet",e.sheet),s.toString()}function te(t,e){const s=t.applying??0,n=(t.matched??0)+s+e;return{canApply:n>0,writes:n,canUndo:(t.applied??0)>0,unfinished:s}}const ee=new Set(["matched","applied","same","repeated","undone"]),se=new Set(["left-out","applying"]);function ie(t){return ee.has(t)?"ok":se.has(t)?"":"warn"}var ne=Object.defineProperty,ae=Object.getOwnPropertyDescriptor,y=(t,e,s,n)=>{for(var i=n>1?void 0:n?ae(e,s):e,o=t.length-1,r;o>=0;o--)(r=t[o])&&(i=(n?r(e,s,i):r(i))||i);return n&&i&&ne(e,s,i),i};const oe=32*1024*1024;let g=class extends _{constructor(){super(...arguments),this.imports=[],this.contradictions=[],this.isMore=!1,this.file=null,this.columns=null,this.choice=new Map,this.contour="production",this.anyStatus=!1,this.busy=!1,this.wrong=null,this.asker=null}get address(){return`${this.base}/learners/unti-ids`}async fetch(t){const{api:e}=this.ctx,[s,n,i]=await Promise.all([e.get(this.address,{query:{limit:20},signal:t}),e.get(`${this.address}/contradictions`,{query:{limit:50},signal:t}),nt(this.ctx)]);this.imports=s.data.items,this.contradictions=n.data.items,this.isMore=n.data.next!==null,this.asker=i}get bytes(){return new Blob([this.file],{type:"application/octet-stream"})}async read(t,e=""){if(this.file=t,this.columns=null,this.wrong=t&&t.size>oe?new Error(h[this.ctx.language].fileHint):null,!(!t||this.wrong)){this.busy=!0;try{const s=e?`?${new URLSearchParams({sheet:e})}`:"",n=(await this.ctx.api.post(`${this.address}/columns${s}`,this.bytes)).data;this.file===t&&(this.columns=n,this.choice=Xt(n))}catch(s){this.wrong=s}this.busy=!1}}async preview(){if(!(ut(this.choice)||this.busy||!this.columns)){this.busy=!0,this.wrong=null;try{const e=Zt(this.choice,{contour:this.contour,anyStatus:this.anyStatus,sheet:this.columns.sheet}),s=(await this.ctx.api.post(`${this.address}?${e}`,this.bytes)).data;this.ctx.go(`unsendable/unti-ids/${s.id}`)}catch(e){this.wrong=e}this.busy=!1}}render(){const t=h[this.ctx.language];return a`${V(this.ctx,$[this.ctx.language].way,[{path:"unsendable",title:t.title},{title:t.untiIds}])}
      <header class="page-head"><div class="head-main"><h1 tabindex="-1">${t.untiIds}</h1><p class="lead">${t.untiLead}</p></div></header>
      ${this.body(()=>a`${this.contradictions.length>0?this.contradicted():l}
          <div class="two-cols"><section class="panel form">${this.form()}</section>${this.past()}</div>`)}`}form(){const t=h[this.ctx.language],e=B(this.asker,"organization-admin")?"":$[this.ctx.language].needs["organization-admin"];return a`<fieldset ?disabled=${e!==""}>
        <div class="field">
          <label for="file">${t.file}</label>
          <input class="input" id="file" type="file" accept=".xlsx,.csv" aria-describedby="file-says" @change=${s=>void this.read(s.target.files?.[0]??null)} />
          <p class="hint" id="file-says">${e||t.fileHint}</p>
        </div>
      </fieldset>
      <fieldset>
        <legend class="small">${t.contour}</legend>
        <div class="radios">
          ${["production","test"].map(s=>a`<label class="pick"><input type="radio" name="contour" .checked=${this.contour===s} @change=${()=>this.contour=s} />${t.contours[s]}</label>`)}
        </div>
      </fieldset>
      ${this.busy&&!this.columns?a`<p class="muted" role="status">${t.reading}</p>`:l}
      ${this.wrong?mt(this.ctx,this.wrong):l} ${this.columns?this.matching(this.columns):l}`}matching(t){const e=h[this.ctx.language],s=ut(this.choice),n=[{value:"",title:e.notUsed},...Z.map(i=>({value:i,title:e.fields[i]}))];return a`<div>
        <h2>${e.columns}</h2>
        <p class="muted small">${e.readAs(this.ctx.locale,t.rows,t.sheet)}</p>
        ${t.sheets.length>1?a`<div class="toolbar gap-top">${J(e.sheet,t.sheet,t.sheets.map(i=>({value:i,title:i})),i=>void this.read(this.file,i))}</div>`:l}
        <div class="gap-top">
          ${t.columns.map(({column:i,field:o,namesALearner:r})=>{const c=this.choice.get(i)??"";return a`<div class="column">
              <div class="name">
                ${i}${c===""&&o&&r&&Z.includes(o)?a`<button class="btn quiet small" type="button" @click=${()=>this.mean(i,o)}>${p("plus","s")}${e.likely(e.fields[o])}</button>`:l}
              </div>
              ${J(`${e.meaning}: ${i}`,c,n,u=>this.mean(i,u))}
            </div>`})}
        </div>
      </div>
      <label class="pick"><input type="checkbox" .checked=${this.anyStatus} @change=${i=>this.anyStatus=i.target.checked} />${e.anyStatus}</label>
      <div class="btns">
        <button class="btn primary" type="button" aria-disabled=${s?"true":"false"} aria-busy=${this.busy?"true":"false"} aria-describedby="problem" @click=${this.preview}>
          ${this.busy?a`<span class="spin" aria-hidden="true"></span>`:p("search")}${e.preview}
        </button>
        <span class="grow small muted" id="problem">${s?e.problems[s]:e.notWritten}</span>
      </div>`}mean(t,e){const s=new Map(this.choice);e?s.set(t,e):s.delete(t),this.choice=s}past(){const t=h[this.ctx.language],{locale:e}=this.ctx;return a`<section class="panel past">
      <div class="panel-head"><h2>${t.imports}</h2></div>
      ${this.imports.length===0?a`<p class="panel-body muted small">${t.noImports}</p>`:a`<ul>
            ${this.imports.map(s=>a`<li>
                ${I(this.ctx,`unsendable/unti-ids/${s.id}`,e.moment(s.createdAt))}
                <small>${t.importRows(e,s.rows)}, ${s.undoneAt?t.importUndone(e.moment(s.undoneAt)):s.appliedAt?t.importDone(e.moment(s.appliedAt)):t.importWaits}. ${s.createdBy}</small>
              </li>`)}
          </ul>`}
    </section>`}contradicted(){const t=h[this.ctx.language],{locale:e}=this.ctx,s=`${t.contradictions(e,this.contradictions.length)}${this.isMore?"+":""}`;return a`<div class="note warn wide-note">
      ${p("alert")}
      <div>
        <h2 class="small strong">${s}</h2>
        <details class="more">
          <summary>${p("chev","s")}${t.showThem}</summary>
          <ul>
            ${this.contradictions.map(n=>a`<li>${yt($t(this.ctx,n.learner,n.learnerExternalId),n.learnerExternalId)}: ${t.contradiction(n.confirmed,n.record)}. ${n.reason} ${n.fix}</li>`)}
          </ul>
        </details>
      </div>
    </div>`}};g.styles=[..._.styles,U`
      .two-cols { display: grid; grid-template-columns: minmax(0, 1fr) minmax(240px, 340px); gap: var(--u-5); align-items: start; }
      .form { display: grid; gap: var(--u-5); padding: var(--u-5); }
      .radios { display: flex; flex-wrap: wrap; gap: var(--u-1) var(--u-5); }
      .column { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: var(--u-2) var(--u-4); align-items: center; padding-block: var(--u-2); border-top: 1px solid var(--u-line); }
      .column .btn { margin-left: calc(-1 * var(--u-3)); white-space: normal; text-align: left; }
      .column .name { display: grid; justify-items: start; overflow-wrap: anywhere; font-weight: var(--u-w-medium); }
      .past li { padding: var(--u-3) var(--u-5); border-top: 1px solid var(--u-line); font-size: var(--u-fs-s); }
      .past small { display: block; color: var(--u-ink-3); }
      @container page (max-width: 860px) { .two-cols { grid-template-columns: minmax(0, 1fr); } }
      @container page (max-width: 500px) { .column { grid-template-columns: minmax(0, 1fr); } .form { padding: var(--u-4); } }
    `];y([d()],g.prototype,"imports",2);y([d()],g.prototype,"contradictions",2);y([d()],g.prototype,"isMore",2);y([d()],g.prototype,"file",2);y([d()],g.prototype,"columns",2);y([d()],g.prototype,"choice",2);y([d()],g.prototype,"contour",2);y([d()],g.prototype,"anyStatus",2);y([d()],g.prototype,"busy",2);y([d()],g.prototype,"wrong",2);y([d()],g.prototype,"asker",2);g=y([x("u2035-unti-file")],g);var re=Object.defineProperty,le=Object.getOwnPropertyDescriptor,Q=(t,e,s,n)=>{for(var i=n>1?void 0:n?le(e,s):e,o=t.length-1,r;o>=0;o--)(r=t[o])&&(i=(n?r(e,s,i):r(i))||i);return n&&i&&re(e,s,i),i};let R=class extends K{constructor(){super(...arguments),this.chosen=!1,this.fixed=!1}render(){const{ctx:t,one:e}=this,s=h[t.language],n=ie(e.state),i=e.state==="conflicting"?"":e.code==="other-status"?s.fixOtherStatus:e.fix,o=r=>this.dispatchEvent(new CustomEvent("overwrite",{detail:{row:e.row,on:r.target.checked},bubbles:!0,composed:!0}));return a`<div class="line">
      <div class="faint num">${s.rowNumber(e.row)}</div>
      <div><span class="clip strong">${Object.values(e.cells).join(" ")}</span><small>unti_id ${e.untiId||"—"}${e.status?a` · ${e.status}`:l}</small></div>
      <div>
        ${e.learner?a`<span class="clip">${yt($t(t,e.learner,e.learnerExternalId),e.learnerExternalId)}</span>`:a`<span class="muted">—</span>`}
        <span class="badge ${n}">${p(n==="ok"?"check":n==="warn"?"alert":"clock")}${s.standing[e.state]}</span>
      </div>
      <div>
        ${e.state==="conflicting"?a`<label class="pick"><input type="checkbox" .checked=${this.chosen} ?disabled=${this.fixed} @change=${o} />${s.overwrite(e.previous)}</label>`:l}
        ${e.reason?a`<span class="clip2 muted" title=${`${e.reason} ${i}`}>${e.reason} ${i}</span>`:e.state==="matched"?a`<span class="muted">${s.allIsWell}</span>`:l}
      </div>
    </div>`}};R.styles=[E,G,U`
      :host { height: 100%; }
      .line { grid-template-columns: 5rem minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1.6fr); }
      .badge { font-size: var(--u-fs-xs); white-space: normal; line-height: 1.2; }
      .pick { min-height: 26px; gap: var(--u-2); }
      @container page (max-width: 660px) {
        .line { grid-template-columns: minmax(0, 1fr) auto; align-content: center; }
        .line > :nth-child(1) { display: none; }
        .line > :nth-child(4) { grid-column: 1 / -1; }
      }
    `];Q([k({attribute:!1})],R.prototype,"one",2);Q([k({attribute:!1})],R.prototype,"chosen",2);Q([k({attribute:!1})],R.prototype,"fixed",2);R=Q([x("u2035-import-row")],R);const pt=["matched","conflicting","applied","applying","unmatched","ambiguous","taken","bad-unti-id","refused","left-out","same","repeated","kept","undone"];var ce=Object.defineProperty,de=Object.getOwnPropertyDescriptor,v=(t,e,s,n)=>{for(var i=n>1?void 0:n?de(e,s):e,o=t.length-1,r;o>=0;o--)(r=t[o])&&(i=(n?r(e,s,i):r(i))||i);return n&&i&&ce(e,s,i),i};let w=class extends _{constructor(){super(...arguments),this.one=null,this.show="",this.overwrite=new Set,this.loadRows=null,this.busy=null,this.wrong=null,this.asker=null,this.etag="",this.choose=t=>{const{row:e,on:s}=t.detail,n=new Set(this.overwrite);s?n.add(e):n.delete(e),this.overwrite=n,this.rows?.redraw()}}get address(){return`${this.base}/learners/unti-ids/${encodeURIComponent(this.path)}`}async fetch(t){const[e,s]=await Promise.all([this.ctx.api.get(this.address,{signal:t}),nt(this.ctx)]);this.asker=s,this.take(e),this.overwrite=new Set,this.narrow(this.one.appliedAt?"":(this.one.counts.conflicting??0)>0&&!this.one.counts.matched?"conflicting":"")}take(t){this.one=t.data,this.etag=t.etag}narrow(t){this.show=t;const{api:e}=this.ctx,{address:s}=this;this.loadRows=async(n,i)=>(await e.get(`${s}/rows`,{query:{state:t||void 0,limit:100,cursor:n},signal:i})).data}async change(t){if(this.busy||!this.one)return;const{ctx:e}=this,s=h[e.language];this.busy=t,this.wrong=null;try{const n=t==="apply"?{rows:"all-matched",...this.overwrite.size>0?{overwrite:[...this.overwrite].sort((o,r)=>o-r)}:{}}:{},i=await e.api.post(`${this.address}/${t}`,n,{ifMatch:this.etag});this.take(i),this.overwrite=new Set,this.narrow(""),e.say(s.outcome(this.outcomeText(i.data))),await this.updateComplete,this.renderRoot.querySelector(".outcome")?.focus()}catch(n){if(this.wrong=n,n instanceof St&&n.status===412)try{this.take(await e.api.get(this.address)),this.narrow(this.show)}catch(i){this.wrong=i}}this.busy=null}outcomeText(t){const e=h[this.ctx.language];return pt.flatMap(s=>t.outcome?.[s]?[e.outcomePart(this.ctx.locale,e.states[s],t.outcome[s])]:[]).join(", ")}render(){const t=h[this.ctx.language],{locale:e}=this.ctx,s=this.ready?this.one:null,n=s?t.importOf(e.moment(s.createdAt)):t.untiIds;return a`${V(this.ctx,$[this.ctx.language].way,[{path:"unsendable",title:t.title},{path:"unsendable/unti-ids",title:t.untiIds},{title:n}])}
      <header class="page-head">
        <div class="head-main">
          <h1 tabindex="-1">${n}</h1>
          ${s?a`<p class="lead">${t.importLead(e,s.rows,(s.counts.matched??0)+(s.counts.conflicting??0)+(s.counts.applied??0)+(s.counts.same??0))} ${t.contours[s.contour]}.</p>
                <p class="muted small">${s.columns.map(i=>i.column).join(", ")}. ${s.createdBy}</p>`:l}
        </div>
        ${s?a`<div class="btns"><u2035-csv .ctx=${this.ctx} .from=${`${this.address}/rows`} .filters=${{state:this.show||void 0}}></u2035-csv></div>`:l}
      </header>
      ${this.body(()=>this.view(this.one))}`}view(t){const e=h[this.ctx.language],{locale:s}=this.ctx,n=pt.filter(i=>(t.counts[i]??0)>0||i===this.show);return a`${this.wrong?a`<div class="wide-note">${mt(this.ctx,this.wrong)}</div>`:l}
      ${t.outcome?a`<div class="note ok wide-note outcome" tabindex="-1">${p("okc")}<p>${e.outcome(this.outcomeText(t))}</p></div>`:l}
      <div class="facets" role="group" aria-label=${e.rowsOf}>
        ${Y(this.show==="",$[this.ctx.language].all,s.number(t.rows),()=>this.narrow(""))}
        ${n.map(i=>Y(this.show===i,e.states[i],s.number(t.counts[i]??0),()=>this.narrow(i)))}
      </div>
      <section class="panel" aria-label=${e.rowsOf} @overwrite=${this.choose}>
        ${this.acts(t)}
        <u2035-rows
          .ctx=${this.ctx}
          .load=${this.loadRows}
          .label=${e.rowsOf}
          .heights=${[72,148]}
          .total=${this.show?t.counts[this.show]??0:t.rows}
          .row=${i=>a`<u2035-import-row .ctx=${this.ctx} .one=${i} .chosen=${this.overwrite.has(i.row)} .fixed=${!B(this.asker,"organization-admin")}></u2035-import-row>`}
          .empty=${a`<div class="empty">${p("search")}<h2>${$[this.ctx.language].nothingFits}</h2></div>`}
        ></u2035-rows>
      </section>
      ${this.undoDialog(t)}`}acts(t){const e=h[this.ctx.language],{locale:s}=this.ctx,n=te(t.counts,this.overwrite.size),i=B(this.asker,"organization-admin")?"":$[this.ctx.language].needs["organization-admin"],o=i||(n.canApply||n.canUndo||t.undoneAt?"":e.applyNone),r=t.undoneAt?e.undoneBy(t.undoneBy,s.moment(t.undoneAt)):t.appliedAt?e.written(s,t.counts.applied??0,t.appliedBy,s.moment(t.appliedAt)):e.notWritten,c=u=>this.busy===u?a`<span class="spin" aria-hidden="true"></span>`:l;return a`<div class="act">
      <p class="says" id="act-says">
        ${o||r} ${n.unfinished>0?e.applyUnfinished(s,n.unfinished):l} ${this.overwrite.size>0?e.overwriteChosen(s,this.overwrite.size):l}
      </p>
      <div class="btns">
        ${n.canUndo?a`<button class="btn danger-quiet" type="button" aria-disabled=${i?"true":"false"} aria-busy=${this.busy==="undo"?"true":"false"} aria-describedby="act-says" @click=${()=>i||this.ask()}>${c("undo")}${e.undo}</button>`:l}
        ${n.canApply||!n.canUndo&&!t.undoneAt?a`<button class="btn primary" type="button" aria-disabled=${o?"true":"false"} aria-busy=${this.busy==="apply"?"true":"false"} aria-describedby="act-says" @click=${()=>o?this.ctx.say(o,!0):void this.change("apply")}>
              ${c("apply")}${e.apply(s,n.writes)}
            </button>`:l}
      </div>
    </div>`}ask(){this.dialog.showModal(),this.cancel.focus()}undoDialog(t){const e=h[this.ctx.language];return a`<dialog role="alertdialog" aria-labelledby="undo-title" aria-describedby="undo-means">
      <div class="dialog">
        <div class="dialog-head">
          <span class="sign">${p("alert")}</span>
          <div><h2 id="undo-title">${e.undoTitle(this.ctx.locale,t.counts.applied??0)}</h2><p id="undo-means">${e.undoMeans}</p></div>
        </div>
        <div class="dialog-foot">
          <button class="btn" id="cancel" type="button" @click=${()=>this.dialog.close()}>${this.ctx.kit.cancel}</button>
          <button
            class="btn danger"
            type="button"
            @click=${()=>{this.dialog.close(),this.change("undo")}}
          >
            ${e.doUndo}
          </button>
        </div>
      </div>
    </dialog>`}};w.styles=[..._.styles,U`.act { display: flex; flex-wrap: wrap; align-items: center; gap: var(--u-2) var(--u-3); padding: var(--u-4) var(--u-5); border-bottom: 1px solid var(--u-line); } .act p { flex: 1 1 14rem; }`];v([d()],w.prototype,"one",2);v([d()],w.prototype,"show",2);v([d()],w.prototype,"overwrite",2);v([d()],w.prototype,"loadRows",2);v([d()],w.prototype,"busy",2);v([d()],w.prototype,"wrong",2);v([d()],w.prototype,"asker",2);v([L("u2035-rows")],w.prototype,"rows",2);v([L("dialog")],w.prototype,"dialog",2);v([L("#cancel")],w.prototype,"cancel",2);w=v([x("u2035-unti-import")],w);var he=Object.defineProperty,ue=Object.getOwnPropertyDescriptor,xt=(t,e,s,n)=>{for(var i=n>1?void 0:n?ue(e,s):e,o=t.length-1,r;o>=0;o--)(r=t[o])&&(i=(n?r(e,s,i):r(i))||i);return n&&i&&he(e,s,i),i};let tt=class extends Ct{constructor(){super(...arguments),this.asked=""}render(){const[t,e]=this.steps;return t==="unti-ids"?e?a`<u2035-unti-import .ctx=${this.ctx} .path=${e}></u2035-unti-import>`:a`<u2035-unti-file .ctx=${this.ctx}></u2035-unti-file>`:t==="corrections"?a`<u2035-decisions .ctx=${this.ctx}></u2035-decisions>`:t?a`<u2035-unsendable-list .ctx=${this.ctx} .path=${this.path} .asked=${this.asked}></u2035-unsendable-list>`:a`<u2035-unsendable-groups .ctx=${this.ctx}></u2035-unsendable-groups>`}};xt([k()],tt.prototype,"asked",2);tt=xt([x("u2035-unsendable")],tt);export{tt as U2035Unsendable};
