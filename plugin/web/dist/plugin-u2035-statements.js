import{a as T,r as C,n as y,d as c,P as O,o as D,A as m,i as u,b as o,g as x,l as F,f as I,t as j,j as H,h as z}from"./u2035.js";import{n as q}from"./plugin-names.js";import{t as $,n as S,s as K,a as U,b as W}from"./plugin-way.js";import{w as N,a as L,f as B}from"./plugin-row-names.js";import{k as g,d as M,s as J}from"./plugin-codes.js";import{e as Q}from"./plugin-query.js";import{f as V,b as G,s as _,a as A}from"./plugin-list-part.js";import"./plugin-long-list.js";import"./plugin-search-field.js";import"./plugin-work-list.js";import"./plugin-clipboard.js";const R='.toolbar{align-items:flex-start}.toolbar .select{flex:0 1 auto;min-width:0;max-width:100%}.toolbar select{max-width:15rem;text-overflow:ellipsis}.state-words{margin:calc(-1 * var(--u-2)) 0 var(--u-4)}.list-panel{overflow:hidden}u2035-work-list{height:max(22rem,calc(100dvh - 22rem))}.crumbs a{display:inline-flex;align-items:center;gap:var(--u-1);min-height:24px}.way-panel u2035-way{max-width:46rem}.way-panel .panel-body{padding-top:var(--u-2)}.way-panel+.way-panel{margin-top:var(--u-5)}.verify{display:flex;flex-wrap:wrap;align-items:center;gap:var(--u-3) var(--u-4);margin-bottom:var(--u-5)}.verify .hash{overflow-wrap:anywhere}@container page (max-width: 660px){.toolbar .select{flex:1 1 9rem}.toolbar select{max-width:none}u2035-work-list{height:max(22rem,calc(100dvh - 12rem))}.receipts thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.receipts tbody,.receipts tr,.receipts td{display:block;height:auto;border:0;padding:0}.receipts tr{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:var(--u-1) var(--u-4);padding:var(--u-4);border-bottom:1px solid var(--u-line)}.receipts tr>td:first-child,.receipts tr>td:last-child{padding:0}.receipts td.r{text-align:left}.receipts td[data-label]:before{content:attr(data-label) " ";color:var(--u-ink-3)}.receipts .wide{grid-column:1 / -1}}';var X=Object.defineProperty,Y=Object.getOwnPropertyDescriptor,w=(t,e,s,i)=>{for(var a=i>1?void 0:i?Y(e,s):e,r=t.length-1,n;r>=0;r--)(n=t[r])&&(a=(i?n(e,s,a):n(a))||a);return i&&a&&X(e,s,a),a};let h=class extends O{constructor(){super(...arguments),this.run="",this.items=null,this.next=null,this.flows=new Map,this.error=null,this.chain=null,this.chainError=null,this.verifying=!1,this.verify=async()=>{this.verifying=!0,this.chainError=null;try{this.chain=(await this.ctx.api.get(`${this.base}/verify`)).data}catch(t){this.chainError=t}this.verifying=!1}}get base(){return`${D(this.ctx.organization)}/u2035/receipts`}connectedCallback(){super.connectedCallback(),q(this.ctx).flows().then(t=>this.flows=t),this.verify()}willUpdate(t){t.has("run")&&(this.items=null,this.read(null))}async read(t){this.error=null;try{const{data:e}=await this.ctx.api.get(this.base,{query:{run:this.run,limit:100,cursor:t}});this.items=t===null?e.items:[...this.items??[],...e.items],this.next=e.next}catch(e){this.error=e}}render(){const t=$[this.ctx.language];return o`<nav class="crumbs">
        <a href="#" @click=${e=>this.open(e,"statements")}>${u("left","s")} ${t.back}</a>
      </nav>
      <header class="page-head">
        <div class="head-main">
          <h1>${t.receiptsTitle}</h1>
          <p class="lead">${t.receiptsLead}</p>
        </div>
      </header>
      ${this.verdict()}
      ${this.run?o`<p class="state-words hint">${t.receiptsOfRun(this.run)}. <a href="#" @click=${e=>this.open(e,"statements/receipts")}>${t.allReceipts}</a></p>`:m}
      ${this.error?o`<h2 class="sr">${t.receiptsTitle}</h2>${x(this.ctx,this.error,()=>void this.read(null))}`:this.items?this.table(this.items):F(this.ctx)}`}verdict(){const t=$[this.ctx.language],{chain:e}=this;return this.chainError instanceof I&&this.chainError.status===403?o`<p class="verify hint">${u("lock")}${t.verifyWhy}</p>`:this.chainError?o`<h2 class="sr">${t.verify}</h2>${x(this.ctx,this.chainError,this.verify)}`:e?e.broken?o`<div class="note bad" role="alert">
        ${u("excl")}
        <div>
          <h2>${t.brokenTitle(e.broken.number)}</h2>
          <p>${e.broken.reason}</p>
          <p>${t.brokenFix}</p>
        </div>
      </div>`:o`<div class="verify" role="status">
      <span class="badge ok">${u("okc")}${t.intact(e.receipts,this.ctx.locale)}</span>
      ${e.receipts>0?o`<span class="caption hash">${t.lastHash}: <code>${e.hash}</code></span>`:m}
      <button class="btn small" type="button" aria-busy=${this.verifying?"true":m} @click=${this.verify}>${t.verify}</button>
    </div>`:o`<p class="verify" role="status"><span class="spin" aria-hidden="true"></span>${t.verifying}</p>`}table(t){const e=$[this.ctx.language],{locale:s}=this.ctx;if(t.length===0)return o`<section class="panel"><div class="empty">${u("ready")}<h2>${e.noReceipts}</h2><p>${e.noReceiptsFix}</p></div></section>`;const i=(a,r)=>o`<td class="r num" data-label=${a}>${s.number(r)}</td>`;return o`<section class="panel" aria-label=${e.receiptsTitle}>
      <div class="table-wrap">
        <table class="receipts">
          <thead>
            <tr>
              <th scope="col">${e.night}</th><th scope="col">${e.flowHead}</th><th scope="col" class="r">${e.sent}</th><th scope="col" class="r">${e.confirmed}</th>
              <th scope="col" class="r">${e.refused}</th><th scope="col" class="r">${e.waitingHead}</th><th scope="col">${e.reading}</th>
            </tr>
          </thead>
          <tbody>
            ${t.map(({id:a,hash:r,receipt:n})=>{const l=n.flow===null?e.whole:this.flows.get(n.flow)?.title||e.flowId(n.flow),{read:p}=n;return o`<tr>
                <td class="wide"><b>${s.moment(n.at)}</b><small title=${r}>${e.number} ${n.number}</small></td>
                <td class="wide" data-key=${a}>${l}<small>${n.project}</small></td>
                ${i(e.sent,n.sent)} ${i(e.confirmed,n.confirmed)} ${i(e.refused,n.refused)}
                ${i(e.waitingHead,n.waiting+n.inDoubt)}
                <td class="wide">${e.readings[p.mode]??p.mode}<small>${p.asked>0?e.readOf(s.number(p.asked),s.number(p.of)):p.note}</small></td>
              </tr>`})}
          </tbody>
        </table>
      </div>
      ${this.next?o`<div class="table-foot"><span></span><button class="btn small" type="button" @click=${()=>void this.read(this.next)}>${this.ctx.kit.more}</button></div>`:m}
    </section>`}open(t,e){t.preventDefault(),this.ctx.go(e)}};h.styles=[T,C(R)];w([y()],h.prototype,"run",2);w([c()],h.prototype,"items",2);w([c()],h.prototype,"next",2);w([c()],h.prototype,"flows",2);w([c()],h.prototype,"error",2);w([c()],h.prototype,"chain",2);w([c()],h.prototype,"chainError",2);w([c()],h.prototype,"verifying",2);h=w([j("u2035-receipts")],h);var Z=Object.defineProperty,tt=Object.getOwnPropertyDescriptor,v=(t,e,s,i)=>{for(var a=i>1?void 0:i?tt(e,s):e,r=t.length-1,n;r>=0;r--)(n=t[r])&&(a=(i?n(e,s,a):n(a))||a);return i&&a&&Z(e,s,a),a};let d=class extends O{constructor(){super(...arguments),this.statement="",this.kind="",this.record="",this.flow="",this.way=null,this.one=null,this.flowTitle="",this.error=null,this.back=t=>{t.preventDefault(),this.ctx.go("statements")}}willUpdate(t){["ctx","statement","kind","record","flow"].some(s=>t.has(s))&&this.read()}async read(){const t=`${D(this.ctx.organization)}/u2035`,e=[this.statement,this.kind,this.record,this.flow].join("/");this.way=this.one=this.error=null;let{kind:s,record:i,flow:a}=this;try{if(this.statement&&(this.one=(await this.ctx.api.get(`${t}/statements/${encodeURIComponent(this.statement)}`)).data,{kind:s,id:i}=this.one.record,a=this.one.flow),s==="statement")return;const{data:r}=await this.ctx.api.get(`${t}/records/${encodeURIComponent(s)}/${encodeURIComponent(i)}/way`,{query:{flow:a}});if(e!==[this.statement,this.kind,this.record,this.flow].join("/"))return;this.way=r;const n=r.statements.find(p=>p.id===this.one?.id)??r.statements.at(-1);!this.one&&n&&(this.one=(await this.ctx.api.get(`${t}/statements/${n.id}`)).data);const l=r.flow??a;this.flowTitle=this.one?.flowTitle??(l?(await q(this.ctx).flows()).get(l)?.title??"":"")}catch(r){this.error=r}}render(){const t=$[this.ctx.language];return o`<nav class="crumbs"><a href="#" @click=${this.back}>${u("left","s")} ${t.back}</a></nav>
      ${this.head()}
      ${this.error?o`<h2 class="sr">${t.wayTitle}</h2>${x(this.ctx,this.error,()=>void this.read())}${this.error instanceof I&&this.error.status===403?o`<p class="hint">${t.methodistOnly}</p>`:m}`:this.way||this.one?.record.kind==="statement"?this.ways():F(this.ctx)}`}head(){const t=$[this.ctx.language],{language:e}=this.ctx,s=this.one,i=s?.record.kind??this.kind,a=s?S(s.statement)||g(e,s.kind):M(e,i),n=[s?N(this.ctx,s,t.methodist):"",s&&S(s.statement)?g(e,s.kind):"",this.flowTitle,i?t.recordNo(s?.record.id??this.record):""];return o`<header class="page-head">
      <div class="head-main">
        <div class="title-line">
          <h1>${a||t.wayTitle}</h1>
          ${s?o`<span class="badge ${s.state==="confirmed"?"ok":s.state==="quarantined"?"bad":s.state==="in_doubt"?"warn":"now"}">${t.states[s.state]}</span>`:m}
        </div>
        <p class="lead">${n.filter(Boolean).join(" · ")}</p>
      </div>
      ${s?.state==="quarantined"?o`<div class="btns"><button class="btn primary" type="button" @click=${()=>this.ctx.go(`quarantine/${s.id}`)}>${u("inbox")}${t.toQuarantine}</button></div>`:m}
    </header>`}ways(){const t=$[this.ctx.language],{way:e}=this;if(!e)return o`<section class="panel way-panel"><div class="panel-body"><pre class="raw" tabindex="0">${JSON.stringify(this.one?.statement,null,2)}</pre></div></section>`;const s=[...e.statements].reverse(),i=s[0];return o`<section class="panel way-panel" aria-labelledby="way">
        <div class="panel-head"><h2 id="way">${t.wayTitle}</h2></div>
        <div class="panel-body">
          <u2035-way .ctx=${this.ctx} .nodes=${[...K(e,t),...i?U(i,t,this.ctx.locale):[]]} answerOpen></u2035-way>
          ${i?m:o`<p class="hint">${t.noWay}</p>`}
        </div>
      </section>
      ${s.slice(1).map(a=>o`<section class="panel way-panel" aria-label=${t.statementTitle(a.statementId)}>
          <div class="panel-body"><u2035-way .ctx=${this.ctx} .nodes=${U(a,t,this.ctx.locale)}></u2035-way></div>
        </section>`)}`}};d.styles=[T,C(R)];v([y()],d.prototype,"statement",2);v([y()],d.prototype,"kind",2);v([y()],d.prototype,"record",2);v([y()],d.prototype,"flow",2);v([c()],d.prototype,"way",2);v([c()],d.prototype,"one",2);v([c()],d.prototype,"flowTitle",2);v([c()],d.prototype,"error",2);d=v([j("u2035-record-way")],d);var et=Object.defineProperty,st=Object.getOwnPropertyDescriptor,b=(t,e,s,i)=>{for(var a=i>1?void 0:i?st(e,s):e,r=t.length-1,n;r>=0;r--)(n=t[r])&&(a=(i?n(e,s,a):n(a))||a);return i&&a&&et(e,s,a),a};const at={waiting:{badge:"",icon:"clock"},sending:{badge:"now",icon:"right"},in_doubt:{badge:"warn",icon:"refresh"},accepted:{badge:"now",icon:"check"},confirmed:{badge:"ok",icon:"okc"},quarantined:{badge:"bad",icon:"excl"},withdrawn:{badge:"",icon:"minus"}},P={state:"",project:"",flow:"",kind:"",q:""};let f=class extends O{constructor(){super(...arguments),this.asked="",this.filter=P,this.counts=null,this.projects=[],this.flows=new Map,this.load=null}get path(){return`${D(this.ctx.organization)}/u2035/statements`}connectedCallback(){super.connectedCallback();const t=q(this.ctx);t.flows().then(e=>this.flows=e),t.projects().then(e=>this.projects=e)}willUpdate(t){if(this.load&&!t.has("asked"))return;const e=H(this.asked,P);this.filter=e,this.load=async(s,i)=>(await this.ctx.api.get(this.path,{query:{...e,limit:200,cursor:s},signal:i})).data,this.count(e)}async count(t){try{const{data:e}=await this.ctx.api.get(`${this.path}/summary`,{query:{...t,state:""}});t===this.filter&&(this.counts=e)}catch{t===this.filter&&(this.counts=null)}}narrow(t){this.ctx.go(z("statements",{...this.filter,...t},P),{replace:!0})}render(){const t=$[this.ctx.language],e=G[this.ctx.language],{filter:s,counts:i}=this,{locale:a}=this.ctx,r=Object.values(s).some(Boolean),n=l=>i?a.number(l??0):"";return o`<header class="page-head">
        <div class="head-main">
          <h1>${t.title}</h1>
          <p class="lead">${t.lead}</p>
        </div>
        <div class="btns">
          <button class="btn" type="button" @click=${()=>this.ctx.go("statements/receipts")}>${u("ready")}${t.receipts}</button>
          <u2035-csv .ctx=${this.ctx} .from=${this.path} .filters=${s}></u2035-csv>
        </div>
      </header>
      <div class="toolbar">
        <u2035-search .ctx=${this.ctx} .label=${t.searchLabel} .hint=${t.searchHint} .words=${s.q} @search=${l=>this.narrow({q:l.detail})}></u2035-search>
        ${this.projects.length>1||s.project?_(e.project,s.project,[{value:"",title:e.allProjects},...this.projects.map(l=>({value:l.project,title:l.title}))],l=>this.narrow({project:l})):m}
        ${_(t.flow,s.flow,[{value:"",title:t.allFlows},...[...this.flows.values()].map(l=>({value:l.id,title:l.title||t.flowId(l.id)}))],l=>this.narrow({flow:l}))}
        ${_(t.kind,s.kind,[{value:"",title:t.allKinds},...J.map(l=>({value:l,title:g(this.ctx.language,l)}))],l=>this.narrow({kind:l}))}
      </div>
      <div class="facets" role="group" aria-label=${t.state}>
        ${A(s.state==="",t.all,n(i?.total),()=>this.narrow({state:""}))}
        ${W.map(l=>A(s.state===l,t.states[l],n(i?.byState[l]),()=>this.narrow({state:l})))}
      </div>
      ${s.state?o`<p class="hint state-words">${t.states[s.state]}: ${t.stateWords[s.state]}.</p>`:m}
      <section class="panel list-panel" aria-labelledby="list">
        <h2 class="sr" id="list">${t.list}</h2>
        <u2035-work-list
          .load=${this.load}
          .wideRow=${60}
          .label=${t.list}
          .row=${(l,p)=>this.row(l,p)}
          .foot=${l=>this.foot(l,r)}
        ></u2035-work-list>
      </section>`}row(t,e){const s=$[this.ctx.language],{language:i}=this.ctx,a=at[t.state],r=N(this.ctx,t,s.methodist);return o`<div class="work-row" data-row=${e}>
      <div class="c-why">
        <button class="open" type="button" data-open aria-label=${`${g(i,t.kind)}, ${r}`} @click=${()=>this.ctx.go(`statements/${t.id}`)}>${g(i,t.kind)}</button>
        <small>${L(t)||s.recordNo(t.record.id)}</small>
      </div>
      <div class="c-rec"><b>${r}</b><small>${B(this.ctx,t)}</small></div>
      <div class="when">
        <span class="badge ${a.badge}">${u(a.icon)}${s.states[t.state]}</span>
        <small>${this.when(t.answeredAt??t.createdAt)}</small>
      </div>
    </div>`}when(t){const{locale:e}=this.ctx;return e.dateKey(t)===e.dateKey(new Date)?e.time(t):e.moment(t)}foot(t,e){const s=$[this.ctx.language];if(t.error)return x(this.ctx,t.error,()=>void this.list.more());if(t.loading)return o`<p class="list-foot" role="status"><span class="spin" aria-hidden="true"></span>${this.ctx.kit.loading}</p>`;if(t.complete&&t.loaded===0)return o`<div class="empty">
        ${u("list")}
        <h2>${e?s.emptyFiltered:s.empty}</h2>
        <p>${e?s.emptyFilteredFix:s.emptyFix}</p>
      </div>`;const{locale:i}=this.ctx,a=this.filter.state?this.counts?.byState[this.filter.state]:this.counts?.total,r=i.number(t.loaded);return o`<p class="list-foot">${t.complete?s.shownAll(r):a!==void 0&&a>t.loaded?s.shownOf(r,i.number(a)):s.shown(r)}</p>`}};f.styles=[T,V,C(R)];b([y()],f.prototype,"asked",2);b([c()],f.prototype,"filter",2);b([c()],f.prototype,"counts",2);b([c()],f.prototype,"projects",2);b([c()],f.prototype,"flows",2);b([c()],f.prototype,"load",2);b([Q("u2035-work-list")],f.prototype,"list",2);f=b([j("u2035-statement-list")],f);var it=Object.defineProperty,rt=Object.getOwnPropertyDescriptor,E=(t,e,s,i)=>{for(var a=i>1?void 0:i?rt(e,s):e,r=t.length-1,n;r>=0;r--)(n=t[r])&&(a=(i?n(e,s,a):n(a))||a);return i&&a&&it(e,s,a),a};let k=class extends O{constructor(){super(...arguments),this.path="",this.asked=""}render(){const[t="",e="",s="",i=""]=this.path.split("/").map(decodeURIComponent);return t==="receipts"?o`<u2035-receipts .ctx=${this.ctx} .run=${e}></u2035-receipts>`:t==="record"?o`<u2035-record-way .ctx=${this.ctx} .kind=${e} .record=${s} .flow=${i}></u2035-record-way>`:t!==""?o`<u2035-record-way .ctx=${this.ctx} .statement=${t}></u2035-record-way>`:o`<u2035-statement-list .ctx=${this.ctx} .asked=${this.asked}></u2035-statement-list>`}};E([y()],k.prototype,"path",2);E([y()],k.prototype,"asked",2);k=E([j("u2035-statements")],k);export{k as U2035Statements};
