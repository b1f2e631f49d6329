import{a as z,c as U,n as v,P as q,b as r,i as $,A as p,t as F,d as h,q as ht,s as ut,u as ft,E as $t,w as X}from"./u2035.js";import{l as Z,L as tt,c as dt,b as H,s as vt,t as st,V as mt}from"./plugin-list-part.js";import{d as yt}from"./plugin-codes.js";import{w as bt,a as wt,f as gt}from"./plugin-row-names.js";import"./plugin-long-list.js";import{n as Q}from"./plugin-names.js";import"./plugin-rows.js";import{M as xt,u as _,v as C,h as V,p as kt}from"./plugin-directive-helpers.js";import{m as E,r as Ot}from"./plugin-role2.js";import{s as St}from"./plugin-clipboard.js";import{e as ct}from"./plugin-query.js";import"./plugin-session.js";const at={one:"строка",few:"строки",many:"строк"},Y={one:"файл",few:"файла",many:"файлов"},G={one:"таблица",few:"таблицы",many:"таблиц"},L={one:"факт",few:"факта",many:"фактов"},jt={title:"Таблицы и архивы",lead:(t,e,s)=>s===0?"В этой выгрузке загружать в личный кабинет нечего.":e===0?`Загружено всё: ${t.count(s,G)}.`:`Осталось загрузить в личный кабинет: ${t.count(e,G)}${e<s?` из ${t.number(s)}`:""}.`,exportOf:t=>`Выгрузка ${t}`,latest:"последняя",testContour:"тестовый контур",older:"Выгрузки",olderMeta:(t,e,s)=>`${t.count(e,Y)}, ${t.count(s,at)}`,olderMore:"Показать прежние",notLatest:"Есть выгрузка новее: загружайте её файлы.",toLatest:"К последней выгрузке",artifacts:"Файлы в хранилище S3",emptyTitle:"Выгрузок ещё нет",emptyFix:"Таблицы и архивы пишет каждый ночной запуск. Первую ночь можно запустить на утреннем обзоре.",uploads:"Загрузить в личный кабинет",uploadsNone:"Загружать нечего",uploadsNoneFix:"Всё, что в этой выгрузке относится к таблицам, уже отправлено через LRS, либо новых строк нет.",course:(t,e)=>`Курс «${t}»${e?`, ID ${e}`:""}`,courseUnknown:"Курс не указан в описи",fileMeta:(t,e,s)=>`${t.count(e,at)}, ${s}`,archiveMeta:(t,e,s)=>`${t.count(e,Y)}, ${s}`,download:t=>`Скачать ${t}`,downloadTable:"Таблица",downloadArchive:"Архив",downloaded:t=>`Файл ${t} сохранён`,where:"Куда загрузить",section:"Откройте раздел «Работа с цифровым следом» и выберите курс",press:"Нажмите «Загрузить цифровой след».",profile:"Выберите профиль и проект",add:"Нажмите «Добавить» и выберите элемент",choose:"Выберите файл",andArchive:"и архив с артефактами",save:"Сохраните, затем отметьте здесь «Загружено».",quoted:t=>`«${t}»`,uploaded:"Загружено",uploadedBy:(t,e)=>`${t}, ${e}`,uploadedLabel:t=>`Загружено: ${t}`,tickedSaid:t=>`Отмечено как загруженное: ${t}`,untickedSaid:t=>`Отметка снята: ${t}`,cantTick:"Этот сервер ещё не хранит отметку о загрузке: она появится после обновления.",tickFailed:"Отметка не сохранена",refused:"Кабинет не принял файл?",splitWhy:"Университет 20.35 советует разбить файл на несколько. Таблица и её архив делятся пополам вместе, прежние файлы заменяются.",split:"Разбить ещё",splitting:"Разбиваем…",splitSaid:(t,e)=>`Файл разбит: теперь ${t.count(e,G)}.`,splitFailed:"Разбить не получилось",others:"Ещё файлы этой таблицы",role:{table:"то же в CSV",archive:"архив",mapping:"какой файл архива чей"},xapi:"Файлы xAPI",xapiOf:t=>`Файлы xAPI: ${t}`,xapiOrder:"Передавайте файлы по порядку номеров: на факты методиста ссылаются факты слушателей.",xapiMeta:(t,e,s)=>`${t.count(e,L)}, ${s}`,handover:{undecided:(t,e)=>`${t.count(e,L)}: передали ли вы эти файлы в Университет 20.35? Пока не сказано, они повторяются в каждой следующей выгрузке и никуда больше не отправляются.`,"handed-over":(t,e)=>`Передано: ${t.count(e,L)}. Снова они никуда не пойдут.`,accepted:(t,e)=>`LRS уже принял все: ${t.count(e,L)}.`,released:(t,e)=>"Сказано, что эти файлы не передавали: их факты войдут в следующую выгрузку. Решить о них здесь больше нельзя."},handedOver:"Передано",notHandedOver:"Не передавали",handedTitle:"Файлы xAPI переданы?",handedMeans:(t,e)=>`${t.count(e,L)} будут считаться переданными: ни следующая выгрузка, ни LRS их больше не получат. Подтверждайте, только если Университет 20.35 получил все файлы.`,notHandedTitle:"Файлы xAPI не передавали?",notHandedMeans:"Факты войдут в следующую выгрузку, изменённые — заново. Эти файлы передавать уже нельзя, и решить о них здесь больше нельзя.",confirmHanded:"Да, переданы",confirmNot:"Не передавали",handedSaid:"Отмечено: файлы переданы",notHandedSaid:"Отмечено: файлы не передавали",sent:"Уже отправлено через LRS, загружать не нужно",sentHint:(t,e)=>`${t.count(e,Y)} для сверки.`,test:"Тестовый контур: в рабочий личный кабинет не загружать",manifest:"Опись файлов",allFiles:"Остальные файлы",artifactsLead:"Файлы слушателей и программы на пути в хранилище Университета 20.35. Каждая ночь продолжает сама.",artifactStates:{failed:"Не загружены",wanted:"Ждут ночи",uploading:"Загружаются",uploaded:"Загружены, проверяются",proven:"В хранилище"},artifactState:{failed:"не загружен",wanted:"ждёт ночи",uploading:"загружается",uploaded:"проверяется",proven:"открывается"},artifactList:"Файлы",artifactFile:"Файл",artifactWhose:"Чей",artifactStanding:"Состояние",artifactOpen:"Открыть файл",artifactAttempts:(t,e)=>`попыток: ${t.number(e)}`,ofProgramme:"Файл программы",noArtifacts:"Файлов в пути нет",noArtifactsFix:"Они появятся, когда у результатов и элементов будут файлы, а у интеграции — хранилище S3."},it={one:"row",other:"rows"},J={one:"file",other:"files"},K={one:"table",other:"tables"},I={one:"statement",other:"statements"},Tt={title:"Tables and archives",lead:(t,e,s)=>s===0?"This export has nothing to upload to the account.":e===0?`All is uploaded: ${t.count(s,K)}.`:`Left to upload to the account: ${t.count(e,K)}${e<s?` of ${t.number(s)}`:""}.`,exportOf:t=>`Export of ${t}`,latest:"the latest",testContour:"test contour",older:"Exports",olderMeta:(t,e,s)=>`${t.count(e,J)}, ${t.count(s,it)}`,olderMore:"Show earlier ones",notLatest:"There is a newer export: upload its files.",toLatest:"To the latest export",artifacts:"Files in the S3 storage",emptyTitle:"No exports yet",emptyFix:"Every nightly run writes tables and archives. The first night can be started in the morning overview.",uploads:"Upload to the account",uploadsNone:"Nothing to upload",uploadsNoneFix:"What this export has of tables went through the LRS already, or there are no new rows.",course:(t,e)=>`Course “${t}”${e?`, ID ${e}`:""}`,courseUnknown:"The manifest names no course",fileMeta:(t,e,s)=>`${t.count(e,it)}, ${s}`,archiveMeta:(t,e,s)=>`${t.count(e,J)}, ${s}`,download:t=>`Download ${t}`,downloadTable:"Table",downloadArchive:"Archive",downloaded:t=>`${t} is saved`,where:"Where to upload it",section:"Open the section «Работа с цифровым следом» and choose the course",press:"Press «Загрузить цифровой след».",profile:"Choose the profile and the project",add:"Press «Добавить» and choose the element",choose:"Choose the file",andArchive:"and the archive of artifacts",save:"Save, then tick “Uploaded” here.",quoted:t=>`«${t}»`,uploaded:"Uploaded",uploadedBy:(t,e)=>`${t}, ${e}`,uploadedLabel:t=>`Uploaded: ${t}`,tickedSaid:t=>`Marked as uploaded: ${t}`,untickedSaid:t=>`The mark is taken off: ${t}`,cantTick:"This server doesn’t keep what was uploaded yet: it will after an update.",tickFailed:"The mark isn’t saved",refused:"The account didn’t take the file?",splitWhy:"University 2035 advises to split the file. The table and its archive are halved together and replace the files before.",split:"Split further",splitting:"Splitting…",splitSaid:(t,e)=>`The file is split: ${t.count(e,K)} now.`,splitFailed:"It couldn’t be split",others:"More files of this table",role:{table:"the same as CSV",archive:"archive",mapping:"which file of the archive is whose"},xapi:"xAPI files",xapiOf:t=>`xAPI files: ${t}`,xapiOrder:"Hand the files over in the order of their numbers: learners’ statements refer to the methodist’s.",xapiMeta:(t,e,s)=>`${t.count(e,I)}, ${s}`,handover:{undecided:(t,e)=>`${t.count(e,I)}: did you hand these files over to University 2035? Until you say so they are in every further export and are sent nowhere else.`,"handed-over":(t,e)=>`Handed over: ${t.count(e,I)}. They go nowhere again.`,accepted:(t,e)=>`The LRS has accepted all of them: ${t.count(e,I)}.`,released:(t,e)=>"These files were not handed over: their statements are in the next export. Nothing can be decided about them here any more."},handedOver:"Handed over",notHandedOver:"Not handed over",handedTitle:"Were the xAPI files handed over?",handedMeans:(t,e)=>`${t.count(e,I)} will count as told: no later export and no LRS gets them again. Confirm only when University 2035 has all the files.`,notHandedTitle:"Were the xAPI files not handed over?",notHandedMeans:"Their statements go into the next export, changed ones anew. These files must not be handed over then, and nothing can be decided about them here any more.",confirmHanded:"Yes, handed over",confirmNot:"Not handed over",handedSaid:"Noted: the files were handed over",notHandedSaid:"Noted: the files were not handed over",sent:"Sent through the LRS already, not to be uploaded",sentHint:(t,e)=>`${t.count(e,J)} to compare with.`,test:"Test contour: don’t upload to the working account",manifest:"List of files",allFiles:"Other files",artifactsLead:"Files of learners and of the programme on their way to University 2035’s storage. Every night goes on by itself.",artifactStates:{failed:"Failed",wanted:"Wait for a night",uploading:"Being uploaded",uploaded:"Uploaded, being checked",proven:"In the storage"},artifactState:{failed:"failed",wanted:"waits for a night",uploading:"being uploaded",uploaded:"being checked",proven:"opens"},artifactList:"Files",artifactFile:"File",artifactWhose:"Whose",artifactStanding:"State",artifactOpen:"Open the file",artifactAttempts:(t,e)=>`attempts: ${t.number(e)}`,ofProgramme:"The programme’s file",noArtifacts:"No files on their way",noArtifactsFix:"They appear when results and elements have files and the integration has an S3 storage."},f={ru:jt,en:Tt},Pt="test-contour/";function R(t){return t.path.startsWith(Pt)}function _t(t){return R(t)||t.channel==="lrs"||t.element==="xapi"||t.element==="manifest"?!1:t.uploaded!==void 0||t.upload===!0}function D(t){const e=new Map;for(const s of t){if(!s.pair||s.channel==="lrs"||R(s))continue;const i=`${s.project}/${s.pair}`;e.set(i,[...e.get(i)??[],s])}return[...e].flatMap(([s,i])=>{const a=i.filter(_t),o=a.find(l=>l.role==="table");if(!o)return[];const n=a.find(l=>l.role==="archive")??null,d=n?[o,n]:[o];return[{key:s,project:o.project,title:o.title,element:o.element,table:o,archive:n,others:i.filter(l=>!d.includes(l)),isDone:d.every(l=>!!l.uploaded),canTick:d.every(l=>l.uploaded!==void 0)}]})}function Ft(t){return t.filter(e=>e.channel==="lrs"&&!R(e))}function ot(t,e){return t.filter(s=>s.element==="xapi"&&s.project===e).sort((s,i)=>s.path.localeCompare(i.path))}function Mt(t){return t.filter(R)}function At(t){return t.filter(e=>e.element==="manifest"&&!R(e))}function Ct(t,e){const s=new Map;for(const i of e?.files??[])i.programmeId&&s.set(`${t}/${i.path}`,String(i.programmeId));return s}function Lt(t,e){const s=/-part\d+[a-z]*$/.test(t.key)?t.key:`${t.key}-part1`;return e.filter(i=>i.key===`${s}a`||i.key===`${s}b`)}function It(t){return t.undecided>0?"undecided":t.handedOver>0?"handed-over":t.accepted>0&&t.accepted===t.statements?"accepted":"released"}function nt(t){return D(t.files).filter(e=>!e.isDone).length}function Dt(t){return t!==null&&/^https?:\/\//i.test(t)?t:null}var Ht=Object.defineProperty,Ut=Object.getOwnPropertyDescriptor,pt=(t,e,s,i)=>{for(var a=i>1?void 0:i?Ut(e,s):e,o=t.length-1,n;o>=0;o--)(n=t[o])&&(a=(i?n(e,s,a):n(a))||a);return i&&a&&Ht(e,s,a),a};const Rt={failed:["bad","excl"],wanted:["","clock"],uploading:["now","refresh"],uploaded:["now","half"],proven:["ok","check"]};let W=class extends q{render(){const{ctx:t,one:e}=this,s=f[t.language],{locale:i}=t,[a,o]=Rt[e.state]??["","clock"],n=e.key.split("/").pop()??e.key,d=Dt(e.url);return r`<div class="line">
      <div>
        <span class="clip strong">${bt(t,e,s.ofProgramme)}</span>
        <small>${[yt(t.language,e.kind),wt(e),gt(t,e)].filter(Boolean).join(" · ")}</small>
      </div>
      <div>
        <span class="clip" title=${e.key}>${d?r`<a href=${d} target="_blank" rel="noreferrer noopener" aria-label=${`${s.artifactOpen}: ${n}`}>${n}</a>`:n}</span>
        <small>${i.bytes(e.size)} · ${e.contentType}</small>
      </div>
      <div>
        <span class="badge ${a}">${$(o)}${s.artifactState[e.state]??e.state}</span>
        ${e.failure?r`<small title=${`${e.failure.cause}. ${e.failure.fix}`}>${e.failure.cause}. ${e.failure.fix}</small>`:r`<small>${i.moment(e.provenAt??e.changedAt)}${e.attempts>1?r` · ${s.artifactAttempts(i,e.attempts)}`:p}</small>`}
      </div>
    </div>`}};W.styles=[z,Z,U`
      :host { height: 100%; }
      .line { grid-template-columns: minmax(0, 1fr) minmax(0, 1.3fr) minmax(0, 1.3fr); }
      .badge { font-size: var(--u-fs-xs); }
      @container page (max-width: 660px) { .line { grid-template-columns: minmax(0, 1fr); align-content: center; } }
    `];pt([v({attribute:!1})],W.prototype,"one",2);W=pt([F("u2035-artifact-row")],W);const Nt=["failed","wanted","uploading","uploaded","proven"];var Et=Object.defineProperty,Wt=Object.getOwnPropertyDescriptor,N=(t,e,s,i)=>{for(var a=i>1?void 0:i?Wt(e,s):e,o=t.length-1,n;o>=0;o--)(n=t[o])&&(a=(i?n(e,s,a):n(a))||a);return i&&a&&Et(e,s,a),a};let M=class extends tt{constructor(){super(...arguments),this.standing="",this.flow="",this.flows=[],this.loadRows=null}async fetch(t){this.flows=[...(await Q(this.ctx).flows()).values()],t.aborted||this.narrow(this.standing,this.flow)}get asked(){return{state:this.standing||void 0,flow:this.flow||void 0}}narrow(t,e){this.standing=t,this.flow=e;const{api:s}=this.ctx,{asked:i}=this;this.loadRows=async(a,o)=>(await s.get(`${this.base}/artifacts`,{query:{...i,limit:100,cursor:a},signal:o})).data}render(){const t=f[this.ctx.language];return r`${dt(this.ctx,H[this.ctx.language].way,[{path:"exports",title:t.title},{title:t.artifacts}])}
      <header class="page-head">
        <div class="head-main"><h1 tabindex="-1">${t.artifacts}</h1><p class="lead">${t.artifactsLead}</p></div>
        <div class="btns"><u2035-csv .ctx=${this.ctx} .from=${`${this.base}/artifacts`} .filters=${this.asked}></u2035-csv></div>
      </header>
      ${this.body(()=>this.list())}`}list(){const t=f[this.ctx.language],e=H[this.ctx.language],s=(a,o)=>r`<button class="facet" type="button" aria-pressed=${this.standing===a?"true":"false"} @click=${()=>this.narrow(a,this.flow)}>${o}</button>`,i=this.standing!==""||this.flow!=="";return r`<div class="facets" role="group" aria-label=${t.artifactStanding}>
        ${s("",e.all)} ${Nt.map(a=>s(a,t.artifactStates[a]))}
      </div>
      ${this.flows.length>1?r`<div class="toolbar">
            ${vt(e.flow,this.flow,[{value:"",title:e.allFlows},...this.flows.map(a=>({value:a.id,title:a.title||e.flowNumber(a.id)}))],a=>this.narrow(this.standing,a))}
          </div>`:""}
      <section class="panel" aria-label=${t.artifactList}>
        <div class="head-line artifact-cols" aria-hidden="true"><span>${t.artifactWhose}</span><span>${t.artifactFile}</span><span>${t.artifactStanding}</span></div>
        <u2035-rows
          .ctx=${this.ctx}
          .load=${this.loadRows}
          .label=${t.artifactList}
          .heights=${[66,140]}
          .row=${a=>r`<u2035-artifact-row .ctx=${this.ctx} .one=${a}></u2035-artifact-row>`}
          .empty=${i?r`<div class="empty">${$("search")}<h2>${e.nothingFits}</h2><p>${e.nothingFitsFix}</p>
                <button class="btn small" type="button" @click=${()=>this.narrow("","")}>${e.dropFilters}</button></div>`:r`<div class="empty">${$("inbox")}<h2>${t.noArtifacts}</h2><p>${t.noArtifactsFix}</p></div>`}
        ></u2035-rows>
      </section>`}};N([h()],M.prototype,"standing",2);N([h()],M.prototype,"flow",2);N([h()],M.prototype,"flows",2);N([h()],M.prototype,"loadRows",2);M=N([F("u2035-artifacts")],M);const rt=(t,e,s)=>{const i=new Map;for(let a=e;a<=s;a++)i.set(t[a],a);return i},zt=ht(class extends ut{constructor(t){if(super(t),t.type!==ft.CHILD)throw Error("repeat() can only be used in text expressions")}dt(t,e,s){let i;s===void 0?s=e:e!==void 0&&(i=e);const a=[],o=[];let n=0;for(const d of t)a[n]=i?i(d,n):n,o[n]=s(d,n),n++;return{values:o,keys:a}}render(t,e,s){return this.dt(t,e,s).values}update(t,[e,s,i]){const a=xt(t),{values:o,keys:n}=this.dt(e,s,i);if(!Array.isArray(a))return this.ut=n,o;const d=this.ut??=[],l=[];let O,P,c=0,m=a.length-1,u=0,w=o.length-1;for(;c<=m&&u<=w;)if(a[c]===null)c++;else if(a[m]===null)m--;else if(d[c]===n[u])l[u]=_(a[c],o[u]),c++,u++;else if(d[m]===n[w])l[w]=_(a[m],o[w]),m--,w--;else if(d[c]===n[w])l[w]=_(a[c],o[w]),C(t,l[w+1],a[c]),c++,w--;else if(d[m]===n[u])l[u]=_(a[m],o[u]),C(t,a[c],a[m]),m--,u++;else if(O===void 0&&(O=rt(n,u,w),P=rt(d,c,m)),O.has(d[c]))if(O.has(d[m])){const S=P.get(n[u]),B=S!==void 0?a[S]:null;if(B===null){const et=C(t,a[c]);_(et,o[u]),l[u]=et}else l[u]=_(B,o[u]),C(t,a[c],B),a[S]=null;u++}else V(a[m]),m--;else V(a[c]),c++;for(;u<=w;){const S=C(t,l[w+1]);_(S,o[u]),l[u++]=S}for(;c<=m;){const S=a[c++];S!==null&&V(S)}return this.ut=n,kt(t,l),$t}});var qt=Object.defineProperty,Bt=Object.getOwnPropertyDescriptor,A=(t,e,s,i)=>{for(var a=i>1?void 0:i?Bt(e,s):e,o=t.length-1,n;o>=0;o--)(n=t[o])&&(a=(i?n(e,s,a):n(a))||a);return i&&a&&qt(e,s,a),a};let j=class extends q{constructor(){super(...arguments),this.meta="",this.kind="",this.busy=!1,this.failed=null}async press(){if(!this.busy){this.busy=!0,this.failed=null;try{const{blob:t}=await this.ctx.api.download(this.file.url,{accept:"*/*"});St(t,this.file.name),this.ctx.say(f[this.ctx.language].downloaded(this.file.name))}catch(t){this.failed=t}this.busy=!1}}render(){const{ctx:t,file:e}=this,s=r`<span class="name"><span class="sr">${f[t.language].download("")}</span>${e.name} <small>${this.kind?`${this.kind}, `:p}${this.meta}</small></span>`;if(t.api.hasCookie)return r`<a class="btn small" href=${t.api.url(e.url)} download=${e.name}>${$("down","s")}${s}</a>`;const i=this.failed?X(t.kit,this.failed):null;return r`<button class="btn small" type="button" aria-busy=${this.busy?"true":"false"} @click=${this.press}>
        ${this.busy?r`<span class="spin" aria-hidden="true"></span>`:$("down","s")}${s}
      </button>
      ${i?r`<p class="small bad-text" role="alert">${i.title}. ${i.detail||i.fix}</p>`:p}`}};j.styles=[z,U`
      :host { display: inline-grid; container: none; max-width: 100%; }
      .btn { justify-content: flex-start; white-space: normal; text-align: left; }
      .btn small { color: var(--u-ink-3); font-weight: var(--u-w-regular); font-size: var(--u-fs-xs); }
      .name { overflow-wrap: anywhere; }
    `];A([v({attribute:!1})],j.prototype,"file",2);A([v()],j.prototype,"meta",2);A([v()],j.prototype,"kind",2);A([h()],j.prototype,"busy",2);A([h()],j.prototype,"failed",2);j=A([F("u2035-file")],j);var Vt=Object.defineProperty,Yt=Object.getOwnPropertyDescriptor,g=(t,e,s,i)=>{for(var a=i>1?void 0:i?Yt(e,s):e,o=t.length-1,n;o>=0;o--)(n=t[o])&&(a=(i?n(e,s,a):n(a))||a);return i&&a&&Vt(e,s,a),a};let y=class extends q{constructor(){super(...arguments),this.files=[],this.base="",this.exportId="",this.projectTitle="",this.asker=null,this.asked=!0,this.busy=!1,this.failed=null}async ask(t){E(this.asker,"organization-admin")&&(this.asked=t,this.failed=null,await this.updateComplete,this.dialog.showModal(),this.cancel.focus())}async decide(){const{ctx:t}=this,e=f[t.language];this.dialog.close(),this.busy=!0;try{const s={project:this.one.project,handedOver:this.asked},{projects:i}=(await t.api.post(`${this.base}/exports/${encodeURIComponent(this.exportId)}/handed-over`,s)).data;this.dispatchEvent(new CustomEvent("decided",{detail:i})),t.say(this.asked?e.handedSaid:e.notHandedSaid),await new Promise(requestAnimationFrame),this.renderRoot.querySelector("#says")?.focus()}catch(s){this.failed=s}this.busy=!1}render(){const{ctx:t,one:e}=this,s=f[t.language],{locale:i}=t,a=It(e),o=a==="undecided"?e.undecided:a==="handed-over"?e.handedOver:e.accepted,n=E(this.asker,"organization-admin")?"":H[t.language].needs["organization-admin"],d=this.failed?X(t.kit,this.failed):null;return r`<section class="panel">
      <div class="panel-head"><h2>${s.xapiOf(this.projectTitle)}</h2></div>
      <div class="panel-body stack-s">
        <p class="says">${s.xapiOrder}</p>
        <ol class="files">
          ${this.files.map(l=>r`<li><u2035-file .ctx=${t} .file=${l} .kind=${l.title} .meta=${s.xapiMeta(i,l.rows??0,i.bytes(l.bytes))}></u2035-file></li>`)}
        </ol>
        <div class="note ${a==="undecided"?"warn":a==="released"?"":"ok"}">
          ${$(a==="undecided"?"alert":a==="released"?"minus":"okc")}
          <div>
            <p id="says" tabindex="-1">${s.handover[a](i,o)} ${a==="undecided"?n:p}</p>
            ${a==="undecided"?r`<div class="btns">
                  <button class="btn primary" type="button" aria-disabled=${n?"true":"false"} aria-busy=${this.busy?"true":"false"} aria-describedby="says" @click=${()=>void this.ask(!0)}>${s.handedOver}</button>
                  <button class="btn" type="button" aria-disabled=${n?"true":"false"} aria-describedby="says" @click=${()=>void this.ask(!1)}>${s.notHandedOver}</button>
                </div>`:p}
          </div>
        </div>
        ${d?r`<div class="note bad" role="alert">${$("excl")}<div><p class="strong">${d.title}</p><p>${d.detail||d.fix}</p></div></div>`:p}
      </div>
      <dialog role="alertdialog" aria-labelledby="ask" aria-describedby="means">
        <div class="dialog">
          <div class="dialog-head">
            <span class="sign ${this.asked?"now":"warn"}">${$(this.asked?"okc":"alert")}</span>
            <div><h2 id="ask">${this.asked?s.handedTitle:s.notHandedTitle}</h2><p id="means">${this.asked?s.handedMeans(i,e.undecided):s.notHandedMeans}</p></div>
          </div>
          <div class="dialog-foot">
            <button class="btn" id="cancel" type="button" @click=${()=>this.dialog.close()}>${t.kit.cancel}</button>
            <button class="btn ${this.asked?"primary":"danger"}" type="button" @click=${this.decide}>${this.asked?s.confirmHanded:s.confirmNot}</button>
          </div>
        </div>
      </dialog>
    </section>`}};y.styles=[z,Z,U`.files { display: grid; gap: var(--u-2); justify-items: start; list-style: decimal; padding-left: 1.6em; } .files li { display: list-item; min-width: 0; max-width: 100%; }`];g([v({attribute:!1})],y.prototype,"one",2);g([v({attribute:!1})],y.prototype,"files",2);g([v()],y.prototype,"base",2);g([v()],y.prototype,"exportId",2);g([v()],y.prototype,"projectTitle",2);g([v({attribute:!1})],y.prototype,"asker",2);g([h()],y.prototype,"asked",2);g([h()],y.prototype,"busy",2);g([h()],y.prototype,"failed",2);g([ct("dialog")],y.prototype,"dialog",2);g([ct("#cancel")],y.prototype,"cancel",2);y=g([F("u2035-handover")],y);var Gt=Object.defineProperty,Jt=Object.getOwnPropertyDescriptor,x=(t,e,s,i)=>{for(var a=i>1?void 0:i?Jt(e,s):e,o=t.length-1,n;o>=0;o--)(n=t[o])&&(a=(i?n(e,s,a):n(a))||a);return i&&a&&Gt(e,s,a),a};let b=class extends q{constructor(){super(...arguments),this.base="",this.exportId="",this.course="",this.projectTitle="",this.open=!1,this.asker=null,this.ticking=!1,this.splitting=!1,this.failed=null,this.opened=null}willUpdate(t){t.has("upload")&&t.get("upload")&&t.get("upload").key!==this.upload.key&&(this.failed=null)}pathOf(t,e){return`${this.base}/exports/${encodeURIComponent(this.exportId)}/files/${encodeURIComponent(t.name)}/${e}`}async tick(t){const e=t.target,s=e.checked,{ctx:i,upload:a}=this,o=f[i.language];if(!this.ticking){this.ticking=!0,this.failed=null;try{for(const n of a.archive?[a.table,a.archive]:[a.table]){const d=(await i.api.post(this.pathOf(n,"uploaded"),{uploaded:s})).data;this.dispatchEvent(new CustomEvent("file",{detail:{...n,uploaded:d.uploaded??null}}))}i.say(s?o.tickedSaid(a.title):o.untickedSaid(a.title))}catch(n){e.checked=a.isDone,this.failed={title:o.tickFailed,error:n}}this.ticking=!1}}async split(){const{ctx:t,upload:e}=this;if(!(this.splitting||!E(this.asker,"methodist"))){this.splitting=!0,this.failed=null;try{const s=(await t.api.post(this.pathOf(e.table,"split"))).data;this.dispatchEvent(new CustomEvent("split",{detail:{before:e,now:s}}))}catch(s){this.failed={title:f[t.language].splitFailed,error:s}}this.splitting=!1}}focus(){this.renderRoot.querySelector("h4")?.focus()}render(){const{ctx:t,upload:e}=this,s=f[t.language],{locale:i}=t,a=this.failed?X(t.kit,this.failed.error):null,o=e.table.uploaded??null,n=this.opened??this.open,d=l=>{l.preventDefault(),this.opened=!n};return r`<article class="upload ${e.isDone?"done":""}" aria-labelledby="title">
      <div class="top">
        <h4 id="title" tabindex="-1">${e.title}</h4>
        <label class="pick">
          <input type="checkbox" .checked=${e.isDone} ?disabled=${!e.canTick||this.ticking} aria-label=${s.uploadedLabel(e.title)} aria-describedby="tick-says" @change=${this.tick} />${s.uploaded}
        </label>
        <p class="caption says-tick" id="tick-says">${e.canTick?o?s.uploadedBy(o.by,i.moment(o.at)):p:s.cantTick}</p>
      </div>
      <div class="files">
        <u2035-file .ctx=${t} .file=${e.table} .kind=${s.downloadTable} .meta=${s.fileMeta(i,e.table.rows??0,i.bytes(e.table.bytes))}></u2035-file>
        ${e.archive?r`<u2035-file .ctx=${t} .file=${e.archive} .kind=${s.downloadArchive} .meta=${s.archiveMeta(i,e.archive.files??0,i.bytes(e.archive.bytes))}></u2035-file>`:p}
      </div>
      ${a?r`<div class="note bad" role="alert">${$("excl")}<div><p class="strong">${this.failed.title}. ${a.title}</p>${a.detail?r`<p>${a.detail}</p>`:p}<p>${a.fix}</p></div></div>`:p}
      <details class="more" ?open=${n}>
        <summary @click=${d}>${$("chev","s")}${s.where}</summary>
        ${this.steps()}
      </details>
      <details class="more">
        <summary>${$("chev","s")}${s.refused}</summary>
        ${this.refused()}
      </details>
      ${e.others.length>0?r`<details class="more">
            <summary>${$("chev","s")}${s.others}</summary>
            <div class="files">
              ${e.others.map(l=>r`<u2035-file .ctx=${t} .file=${l} .kind=${l.role?s.role[l.role]:""} .meta=${i.bytes(l.bytes)}></u2035-file>`)}
            </div>
          </details>`:p}
    </article>`}steps(){const t=f[this.ctx.language],{upload:e}=this,s=i=>r`<b>${t.quoted(i)}</b>`;return r`<ol>
      <li>${t.section} ${this.course?s(this.course):r`<b>${t.courseUnknown}</b>`}.</li>
      <li>${t.press}</li>
      <li>${t.profile} ${s(this.projectTitle)}.</li>
      <li>${t.add} ${s(e.title)}.</li>
      <li>${t.choose} <b>${e.table.name}</b>${e.archive?r` ${t.andArchive} <b>${e.archive.name}</b>`:p}.</li>
      <li>${t.save}</li>
    </ol>`}refused(){const t=f[this.ctx.language],e=E(this.asker,"methodist")?"":H[this.ctx.language].needs.methodist;return r`<div class="stack-s">
      <p class="says" id="split-says">${t.splitWhy} ${e}</p>
      <div class="btns">
        <button class="btn small" type="button" aria-disabled=${e?"true":"false"} aria-busy=${this.splitting?"true":"false"} aria-describedby="split-says" @click=${this.split}>
          ${this.splitting?r`<span class="spin" aria-hidden="true"></span>${t.splitting}`:r`${$("split")}${t.split}`}
        </button>
      </div>
    </div>`}};b.styles=[z,Z,U`
      .upload { padding: var(--u-4) var(--u-5); border-top: 1px solid var(--u-line); display: grid; gap: var(--u-3); }
      .top { display: flex; flex-wrap: wrap; align-items: flex-start; justify-content: space-between; gap: var(--u-2) var(--u-4); }
      .top h4 { font-size: var(--u-fs-l); line-height: 1.35; }
      .done h4 { color: var(--u-ink-2); }
      .files { display: flex; flex-wrap: wrap; gap: var(--u-2); min-width: 0; }
      ol { list-style: decimal; padding-left: 1.6em; display: grid; gap: var(--u-1); max-width: 72ch; overflow-wrap: anywhere; }
      ol b { font-weight: var(--u-w-bold); }
      .more + .more { margin-top: 0; }
      .more > :not(summary) { margin-top: var(--u-2); }
      .says-tick { flex: 1 1 100%; }
      .says-tick:empty { display: none; }
      @container page (max-width: 660px) { .upload { padding-inline: var(--u-4); } }
    `];x([v({attribute:!1})],b.prototype,"upload",2);x([v()],b.prototype,"base",2);x([v()],b.prototype,"exportId",2);x([v()],b.prototype,"course",2);x([v()],b.prototype,"projectTitle",2);x([v({type:Boolean})],b.prototype,"open",2);x([v({attribute:!1})],b.prototype,"asker",2);x([h()],b.prototype,"ticking",2);x([h()],b.prototype,"splitting",2);x([h()],b.prototype,"failed",2);x([h()],b.prototype,"opened",2);b=x([F("u2035-upload")],b);var Kt=Object.defineProperty,Qt=Object.getOwnPropertyDescriptor,T=(t,e,s,i)=>{for(var a=i>1?void 0:i?Qt(e,s):e,o=t.length-1,n;o>=0;o--)(n=t[o])&&(a=(i?n(e,s,a):n(a))||a);return i&&a&&Kt(e,s,a),a};let k=class extends tt{constructor(){super(...arguments),this.list=[],this.next=null,this.one=null,this.handovers=[],this.courses=new Map,this.cards=[],this.asker=null,this.take=t=>{const e=t.detail;this.one&&(this.one={...this.one,files:this.one.files.map(s=>s.name===e.name?e:s)})},this.took=async t=>{const{before:e,now:s}=t.detail,i=this.courseOf(e),a=Lt(e,D(s.files)),o=new Map(this.courses);for(const d of a)i&&o.set(`${d.project}/${d.table.path}`,i);this.courses=o,this.one=s,this.ctx.say(f[this.ctx.language].splitSaid(this.ctx.locale,a.length)),await this.updateComplete;const n=this.renderRoot.querySelector(`u2035-upload[data-key="${CSS.escape(a[0]?.key??"")}"]`);await n?.updateComplete,n?.focus()}}async fetch(t){const{api:e}=this.ctx;this.one=null;const s=Q(this.ctx),[i,a,o]=await Promise.all([e.get(`${this.base}/exports`,{query:{limit:20},signal:t}),s.projects(),Ot(this.ctx)]);this.list=i.data.items,this.next=i.data.next,this.cards=a,this.asker=o;const n=this.path||this.list[0]?.id;if(!n)return;const d=`${this.base}/exports/${encodeURIComponent(n)}`,[l,O]=await Promise.all([e.get(d,{signal:t}),e.get(`${d}/handed-over`,{signal:t})]),P=await this.coursesOf(l.data,t);t.aborted||(this.courses=P,this.handovers=O.data.projects,this.one=l.data)}async coursesOf(t,e){const s=Q(this.ctx),i=new Map;for(const a of At(t.files)){if(a.path!=="manifest.json")continue;const o=await this.ctx.api.get(a.url,{signal:e}).then(n=>n.data,()=>null);for(const[n,d]of Ct(a.project,o)){const l=await s.programme(d);l&&i.set(n,l)}}return i}async older(){try{const t=(await this.ctx.api.get(`${this.base}/exports`,{query:{limit:50,cursor:this.next}})).data;this.list=[...this.list,...t.items],this.next=t.next}catch(t){this.failed=t}}projectOf(t){return this.cards.find(e=>e.project===t)?.title??t}render(){const t=f[this.ctx.language],{locale:e}=this.ctx,s=this.ready?this.one:null,i=this.path&&s?t.exportOf(e.moment(s.createdAt)):t.title;return r`${this.path?dt(this.ctx,H[this.ctx.language].way,[{path:"exports",title:t.title},{title:i}]):p}
      <header class="page-head">
        <div class="head-main">
          <h1 tabindex="-1">${i}</h1>
          ${s?r`<p class="lead">${this.path?p:r`${t.exportOf(e.moment(s.createdAt))}. `}${t.lead(e,nt(s),D(s.files).length)}</p>`:p}
        </div>
        <div class="btns"><button class="btn" type="button" @click=${()=>this.ctx.go("exports/artifacts")}>${$("inbox")}${t.artifacts}</button></div>
      </header>
      ${this.body(()=>this.one?this.view(this.one):r`<section class="panel empty">${$("table")}<h2>${t.emptyTitle}</h2><p>${t.emptyFix}</p></section>`)}`}view(t){const e=f[this.ctx.language],s=this.list[0]?.id===t.id;return r`${s||nt(t)===0?p:r`<div class="note warn wide-note">${$("alert")}<div><p>${e.notLatest} ${st(this.ctx,"exports",e.toLatest)}</p></div></div>`}
      <div class="two-cols">
        <div class="stack">${this.uploads(t)} ${this.xapi(t)} ${this.rest(t)}</div>
        ${this.exports(t)}
      </div>`}uploads(t){const e=f[this.ctx.language],s=D(t.files);if(s.length===0)return this.handovers.length>0?p:r`<section class="panel"><div class="panel-head ok-line">${$("okc")}<div class="head-main"><h2>${e.uploadsNone}</h2><p class="says">${e.uploadsNoneFix}</p></div></div></section>`;const i=new Map;for(const o of s){const n=`${o.project}/${this.courseOf(o)?.id??""}`;i.set(n,[...i.get(n)??[],o])}const a=s.find(o=>!o.isDone);return r`<section class="panel">
      <div class="panel-head"><h2>${e.uploads}</h2></div>
      ${[...i.values()].map(o=>{const n=this.courseOf(o[0]);return r`<div class="course">
            <h3>${n?e.course(n.title,n.u2035Id?String(n.u2035Id):""):e.courseUnknown}</h3>
            <p class="small muted">${this.projectOf(o[0].project)}</p>
          </div>
          ${zt(o,d=>d.key,d=>this.upload(t,d,n,d===a))}`})}
    </section>`}upload(t,e,s,i){return r`<u2035-upload
      data-key=${e.key}
      .ctx=${this.ctx}
      .upload=${e}
      .base=${this.base}
      .exportId=${t.id}
      .course=${s?.title??""}
      .projectTitle=${this.projectOf(e.project)}
      .asker=${this.asker}
      ?open=${i}
      @file=${this.take}
      @split=${this.took}
    ></u2035-upload>`}courseOf(t){return this.courses.get(`${t.project}/${t.table.path}`)}xapi(t){return this.handovers.map(e=>r`<u2035-handover
          .ctx=${this.ctx}
          .one=${e}
          .files=${ot(t.files,e.project)}
          .base=${this.base}
          .exportId=${t.id}
          .projectTitle=${this.projectOf(e.project)}
          .asker=${this.asker}
          @decided=${s=>this.handovers=s.detail}
        ></u2035-handover>`)}rest(t){const e=f[this.ctx.language],s=new Set(D(t.files).flatMap(l=>[l.table,l.archive,...l.others])),i=new Set(this.handovers.flatMap(l=>ot(t.files,l.project))),a=Ft(t.files),o=Mt(t.files),n=t.files.filter(l=>!s.has(l)&&!i.has(l)&&!a.includes(l)&&!o.includes(l)),d=(l,O,P="")=>O.length===0?p:r`<details class="more panel">
            <summary>${$("chev","s")}${l}</summary>
            ${P?r`<p class="says">${P}</p>`:p}
            <div class="files">${O.map(c=>r`<u2035-file .ctx=${this.ctx} .file=${c} .kind=${c.title} .meta=${this.metaOf(c)}></u2035-file>`)}</div>
          </details>`;return r`${d(e.sent,a,e.sentHint(this.ctx.locale,a.length))} ${d(e.test,o)} ${d(e.allFiles,n)}`}metaOf(t){const e=f[this.ctx.language],{locale:s}=this.ctx,i=s.bytes(t.bytes);return t.rows!==void 0?t.element==="xapi"?e.xapiMeta(s,t.rows,i):e.fileMeta(s,t.rows,i):t.files!==void 0?e.archiveMeta(s,t.files,i):i}exports(t){const e=f[this.ctx.language],{locale:s}=this.ctx;return r`<section class="panel past">
      <div class="panel-head"><h2>${e.older}</h2></div>
      <ul>
        ${this.list.map((i,a)=>r`<li aria-current=${i.id===t.id?"true":p}>
            ${st(this.ctx,a===0?"exports":`exports/${i.id}`,s.moment(i.createdAt))}${a===0?r` <span class="faint">${e.latest}</span>`:p}
            <small>${e.olderMeta(s,i.fileCount,i.rows)}${i.contour==="test"?r`, ${e.testContour}`:p}</small>
          </li>`)}
      </ul>
      ${this.next?r`<div class="table-foot"><button class="btn small" type="button" @click=${this.older}>${e.olderMore}</button></div>`:p}
    </section>`}};k.styles=[...tt.styles,U`
      .two-cols { display: grid; grid-template-columns: minmax(0, 1fr) minmax(220px, 280px); gap: var(--u-5); align-items: start; }
      .course { padding: var(--u-3) var(--u-5); border-top: 1px solid var(--u-line); background: var(--u-sunken); }
      .course h3 { font-size: var(--u-fs-m); overflow-wrap: anywhere; }
      .past li { padding: var(--u-3) var(--u-5); border-top: 1px solid var(--u-line); font-size: var(--u-fs-s); }
      .past li[aria-current] { background: var(--u-accent-soft); box-shadow: inset 3px 0 0 var(--u-accent); }
      .past small { display: block; color: var(--u-ink-3); }
      .past a { display: inline-block; padding-block: 3px; }
      .files { display: flex; flex-wrap: wrap; gap: var(--u-2); }
      details.panel { padding: var(--u-3) var(--u-5); }
      details.panel > summary { color: var(--u-ink); font-size: var(--u-fs-m); min-height: 32px; }
      details.panel > .files { padding-block: var(--u-3); }
      .ok-line { flex-wrap: nowrap; justify-content: flex-start; align-items: flex-start; gap: var(--u-3); }
      .ok-line .i { color: var(--u-ok); }
      @container page (max-width: 860px) { .two-cols { grid-template-columns: minmax(0, 1fr); } }
      @container page (max-width: 660px) { .course, details.panel, .past li { padding-inline: var(--u-4); } }
    `];T([h()],k.prototype,"list",2);T([h()],k.prototype,"next",2);T([h()],k.prototype,"one",2);T([h()],k.prototype,"handovers",2);T([h()],k.prototype,"courses",2);T([h()],k.prototype,"cards",2);T([h()],k.prototype,"asker",2);k=T([F("u2035-export")],k);var Xt=Object.getOwnPropertyDescriptor,Zt=(t,e,s,i)=>{for(var a=i>1?void 0:i?Xt(e,s):e,o=t.length-1,n;o>=0;o--)(n=t[o])&&(a=n(a)||a);return a};let lt=class extends mt{render(){const[t]=this.steps;return t==="artifacts"?r`<u2035-artifacts .ctx=${this.ctx}></u2035-artifacts>`:r`<u2035-export .ctx=${this.ctx} .path=${t??""}></u2035-export>`}};lt=Zt([F("u2035-exports")],lt);export{lt as U2035Exports};
/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */
