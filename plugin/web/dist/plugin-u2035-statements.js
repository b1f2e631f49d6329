import{a as P,r as R,n as y,c as l,P as _,A as h,i as c,b as i,f as x,l as N,d as U,t as C}from"./u2035.js";import{d as b,s as g,r as E,a as L}from"./plugin-directory.js";import{t as m,n as D,s as z,a as I,b as F,c as K,d as A}from"./plugin-way.js";import{e as T}from"./plugin-query.js";import"./plugin-clipboard.js";import"./plugin-long-list.js";const j='.toolbar{display:flex;flex-wrap:wrap;gap:var(--u-2);align-items:flex-start;margin-bottom:var(--u-4)}.toolbar u2035-learner-search{flex:1 1 280px}.toolbar .select{flex:0 1 auto;min-width:0;max-width:100%}.toolbar select{max-width:15rem;text-overflow:ellipsis}.facets{display:flex;flex-wrap:wrap;gap:var(--u-2);margin-bottom:var(--u-4)}.facet{display:inline-flex;align-items:center;gap:var(--u-2);min-height:var(--u-control-s);padding:0 var(--u-3);border:1px solid var(--u-line-control);border-radius:var(--u-r-full);background:var(--u-surface);font-size:var(--u-fs-s);cursor:pointer}.facet:hover{background:var(--u-hover)}.facet>span{color:var(--u-ink-3);font-variant-numeric:tabular-nums}.facet[aria-pressed=true]{background:var(--u-accent);border-color:var(--u-accent);color:var(--u-on-accent);font-weight:var(--u-w-medium)}.facet[aria-pressed=true]>span{color:inherit}.state-words{margin:calc(-1 * var(--u-2)) 0 var(--u-4)}.list-panel{overflow:hidden}u2035-work-list{height:max(22rem,calc(100dvh - 22rem))}.crumbs a{display:inline-flex;align-items:center;gap:var(--u-1);min-height:24px}.way-panel u2035-way{max-width:46rem}.way-panel .panel-body{padding-top:var(--u-2)}.way-panel+.way-panel{margin-top:var(--u-5)}.verify{display:flex;flex-wrap:wrap;align-items:center;gap:var(--u-3) var(--u-4);margin-bottom:var(--u-5)}.verify .hash{overflow-wrap:anywhere}@container page (max-width: 660px){.toolbar .select{flex:1 1 9rem}.toolbar select{max-width:none}u2035-work-list{height:max(22rem,calc(100dvh - 12rem))}.receipts thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.receipts tbody,.receipts tr,.receipts td{display:block;height:auto;border:0;padding:0}.receipts tr{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:var(--u-1) var(--u-4);padding:var(--u-4);border-bottom:1px solid var(--u-line)}.receipts tr>td:first-child,.receipts tr>td:last-child{padding:0}.receipts td.r{text-align:left}.receipts td[data-label]:before{content:attr(data-label) " ";color:var(--u-ink-3)}.receipts .wide{grid-column:1 / -1}}';var H=Object.defineProperty,S=Object.getOwnPropertyDescriptor,$=(t,e,s,r)=>{for(var a=r>1?void 0:r?S(e,s):e,o=t.length-1,n;o>=0;o--)(n=t[o])&&(a=(r?n(e,s,a):n(a))||a);return r&&a&&H(e,s,a),a};let p=class extends _{constructor(){super(...arguments),this.run="",this.items=null,this.next=null,this.flows=new Map,this.error=null,this.chain=null,this.chainError=null,this.verifying=!1,this.verify=async()=>{this.verifying=!0,this.chainError=null;try{this.chain=(await this.ctx.api.get(`${this.base}/verify`)).data}catch(t){this.chainError=t}this.verifying=!1}}get base(){return`/api/v1/organizations/${encodeURIComponent(this.ctx.organization)}/u2035/receipts`}connectedCallback(){super.connectedCallback(),b(this.ctx).flows().then(t=>this.flows=t),this.verify()}willUpdate(t){t.has("run")&&(this.items=null,this.read(null))}async read(t){this.error=null;try{const{data:e}=await this.ctx.api.get(this.base,{query:{run:this.run,limit:100,cursor:t}});this.items=t===null?e.items:[...this.items??[],...e.items],this.next=e.next}catch(e){this.error=e}}render(){const t=m[this.ctx.language];return i`<nav class="crumbs">
        <a href="#" @click=${e=>this.open(e,"statements")}>${c("left","s")} ${t.back}</a>
      </nav>
      <header class="page-head">
        <div class="head-main">
          <h1>${t.receiptsTitle}</h1>
          <p class="lead">${t.receiptsLead}</p>
        </div>
      </header>
      ${this.verdict()}
      ${this.run?i`<p class="state-words hint">${t.receiptsOfRun(this.run)}. <a href="#" @click=${e=>this.open(e,"statements/receipts")}>${t.allReceipts}</a></p>`:h}
      ${this.error?i`<h2 class="sr">${t.receiptsTitle}</h2>${x(this.ctx,this.error,()=>void this.read(null))}`:this.items?this.table(this.items):N(this.ctx)}`}verdict(){const t=m[this.ctx.language],{chain:e}=this;return this.chainError instanceof U&&this.chainError.status===403?i`<p class="verify hint">${c("lock")}${t.verifyWhy}</p>`:this.chainError?i`<h2 class="sr">${t.verify}</h2>${x(this.ctx,this.chainError,this.verify)}`:e?e.broken?i`<div class="note bad" role="alert">
        ${c("excl")}
        <div>
          <h2>${t.brokenTitle(e.broken.number)}</h2>
          <p>${e.broken.reason}</p>
          <p>${t.brokenFix}</p>
        </div>
      </div>`:i`<div class="verify" role="status">
      <span class="badge ok">${c("okc")}${t.intact(e.receipts,this.ctx.locale)}</span>
      ${e.receipts>0?i`<span class="caption hash">${t.lastHash}: <code>${e.hash}</code></span>`:h}
      <button class="btn small" type="button" aria-busy=${this.verifying?"true":h} @click=${this.verify}>${t.verify}</button>
    </div>`:i`<p class="verify" role="status"><span class="spin" aria-hidden="true"></span>${t.verifying}</p>`}table(t){const e=m[this.ctx.language],{locale:s}=this.ctx;if(t.length===0)return i`<section class="panel"><div class="empty">${c("ready")}<h2>${e.noReceipts}</h2><p>${e.noReceiptsFix}</p></div></section>`;const r=(a,o)=>i`<td class="r num" data-label=${a}>${s.number(o)}</td>`;return i`<section class="panel" aria-label=${e.receiptsTitle}>
      <div class="table-wrap">
        <table class="receipts">
          <thead>
            <tr>
              <th scope="col">${e.night}</th><th scope="col">${e.flowHead}</th><th scope="col" class="r">${e.sent}</th><th scope="col" class="r">${e.confirmed}</th>
              <th scope="col" class="r">${e.refused}</th><th scope="col" class="r">${e.waitingHead}</th><th scope="col">${e.reading}</th>
            </tr>
          </thead>
          <tbody>
            ${t.map(({id:a,hash:o,receipt:n})=>{const k=n.flow===null?e.whole:this.flows.get(n.flow)?.title||e.flowId(n.flow),{read:w}=n;return i`<tr>
                <td class="wide"><b>${s.moment(n.at)}</b><small title=${o}>${e.number} ${n.number}</small></td>
                <td class="wide" data-key=${a}>${k}<small>${n.project}</small></td>
                ${r(e.sent,n.sent)} ${r(e.confirmed,n.confirmed)} ${r(e.refused,n.refused)}
                ${r(e.waitingHead,n.waiting+n.inDoubt)}
                <td class="wide">${e.readings[w.mode]??w.mode}<small>${w.asked>0?e.readOf(s.number(w.asked),s.number(w.of)):w.note}</small></td>
              </tr>`})}
          </tbody>
        </table>
      </div>
      ${this.next?i`<div class="table-foot"><span></span><button class="btn small" type="button" @click=${()=>void this.read(this.next)}>${this.ctx.kit.more}</button></div>`:h}
    </section>`}open(t,e){t.preventDefault(),this.ctx.go(e)}};p.styles=[P,R(j)];$([y()],p.prototype,"run",2);$([l()],p.prototype,"items",2);$([l()],p.prototype,"next",2);$([l()],p.prototype,"flows",2);$([l()],p.prototype,"error",2);$([l()],p.prototype,"chain",2);$([l()],p.prototype,"chainError",2);$([l()],p.prototype,"verifying",2);p=$([C("u2035-receipts")],p);var W=Object.defineProperty,B=Object.getOwnPropertyDescriptor,v=(t,e,s,r)=>{for(var a=r>1?void 0:r?B(e,s):e,o=t.length-1,n;o>=0;o--)(n=t[o])&&(a=(r?n(e,s,a):n(a))||a);return r&&a&&W(e,s,a),a};let u=class extends _{constructor(){super(...arguments),this.statement="",this.kind="",this.record="",this.flow="",this.way=null,this.one=null,this.flowTitle="",this.error=null,this.stopNames=null,this.back=t=>{t.preventDefault(),this.ctx.go("statements")}}connectedCallback(){super.connectedCallback(),this.stopNames=b(this.ctx).onNames(()=>this.requestUpdate())}disconnectedCallback(){super.disconnectedCallback(),this.stopNames?.()}willUpdate(t){["statement","kind","record","flow"].some(s=>t.has(s))&&this.read()}async read(){const t=`/api/v1/organizations/${encodeURIComponent(this.ctx.organization)}/u2035`,e=[this.statement,this.kind,this.record,this.flow].join("/");this.way=this.one=this.error=null;let{kind:s,record:r,flow:a}=this;try{if(this.statement&&(this.one=(await this.ctx.api.get(`${t}/statements/${encodeURIComponent(this.statement)}`)).data,{kind:s,id:r}=this.one.record,a=this.one.flow),s==="statement")return;const{data:o}=await this.ctx.api.get(`${t}/records/${encodeURIComponent(s)}/${encodeURIComponent(r)}/way`,{query:{flow:a}});if(e!==[this.statement,this.kind,this.record,this.flow].join("/"))return;this.way=o;const n=o.statements.find(w=>w.id===this.one?.id)??o.statements.at(-1);!this.one&&n&&(this.one=(await this.ctx.api.get(`${t}/statements/${n.id}`)).data);const k=o.flow??a;k&&(this.flowTitle=(await b(this.ctx).flows()).get(k)?.title??"")}catch(o){this.error=o}}render(){const t=m[this.ctx.language];return i`<nav class="crumbs"><a href="#" @click=${this.back}>${c("left","s")} ${t.back}</a></nav>
      ${this.head()}
      ${this.error?i`<h2 class="sr">${t.wayTitle}</h2>${x(this.ctx,this.error,()=>void this.read())}${this.error instanceof U&&this.error.status===403?i`<p class="hint">${t.methodistOnly}</p>`:h}`:this.way||this.one?.record.kind==="statement"?this.ways():N(this.ctx)}`}head(){const t=m[this.ctx.language],{language:e}=this.ctx,s=this.one,r=s?.record.kind??this.kind,a=s?D(s.statement)||g(s.kind,e):E(r,e),n=[s?.learner?b(this.ctx).learner(s.learner)||t.learnerId(s.learner):s?t.methodist:"",s&&D(s.statement)?g(s.kind,e):"",this.flowTitle,r?t.recordNo(s?.record.id??this.record):""];return i`<header class="page-head">
      <div class="head-main">
        <div class="title-line">
          <h1>${a||t.wayTitle}</h1>
          ${s?i`<span class="badge ${s.state==="confirmed"?"ok":s.state==="quarantined"?"bad":s.state==="in_doubt"?"warn":"now"}">${t.states[s.state]}</span>`:h}
        </div>
        <p class="lead">${n.filter(Boolean).join(" · ")}</p>
      </div>
      ${s?.state==="quarantined"?i`<div class="btns"><button class="btn primary" type="button" @click=${()=>this.ctx.go(`quarantine/${s.id}`)}>${c("inbox")}${t.toQuarantine}</button></div>`:h}
    </header>`}ways(){const t=m[this.ctx.language],{way:e}=this;if(!e)return i`<section class="panel way-panel"><div class="panel-body"><pre class="raw" tabindex="0">${JSON.stringify(this.one?.statement,null,2)}</pre></div></section>`;const s=[...e.statements].reverse(),r=s[0];return i`<section class="panel way-panel" aria-labelledby="way">
        <div class="panel-head"><h2 id="way">${t.wayTitle}</h2></div>
        <div class="panel-body">
          <u2035-way .ctx=${this.ctx} .nodes=${[...z(e,t),...r?I(r,t,this.ctx.locale):[]]} answerOpen></u2035-way>
          ${r?h:i`<p class="hint">${t.noWay}</p>`}
        </div>
      </section>
      ${s.slice(1).map(a=>i`<section class="panel way-panel" aria-label=${t.statementTitle(a.statementId)}>
          <div class="panel-body"><u2035-way .ctx=${this.ctx} .nodes=${I(a,t,this.ctx.locale)}></u2035-way></div>
        </section>`)}`}};u.styles=[P,R(j)];v([y()],u.prototype,"statement",2);v([y()],u.prototype,"kind",2);v([y()],u.prototype,"record",2);v([y()],u.prototype,"flow",2);v([l()],u.prototype,"way",2);v([l()],u.prototype,"one",2);v([l()],u.prototype,"flowTitle",2);v([l()],u.prototype,"error",2);u=v([C("u2035-record-way")],u);var M=Object.defineProperty,J=Object.getOwnPropertyDescriptor,f=(t,e,s,r)=>{for(var a=r>1?void 0:r?J(e,s):e,o=t.length-1,n;o>=0;o--)(n=t[o])&&(a=(r?n(e,s,a):n(a))||a);return r&&a&&M(e,s,a),a};const Q={waiting:{badge:"",icon:"clock"},sending:{badge:"now",icon:"right"},in_doubt:{badge:"warn",icon:"refresh"},accepted:{badge:"now",icon:"check"},confirmed:{badge:"ok",icon:"okc"},quarantined:{badge:"bad",icon:"excl"},withdrawn:{badge:"",icon:"minus"}};let d=class extends _{constructor(){super(...arguments),this.learner="",this.state="",this.flow="",this.kind="",this.flows=new Map,this.load=null,this.exporting=!1,this.error=null,this.stopNames=null,this.forgetLearner=()=>{this.learner="",this.search.clear()},this.saveList=async()=>{if(this.exporting)return;const t=m[this.ctx.language];this.exporting=!0,this.error=null;try{const e=await F(this.ctx,this.path,this.asked,"statements.csv");this.ctx.say(e?t.csvDone:t.csvCut(this.ctx.locale.number(K)))}catch(e){this.error=e}this.exporting=!1}}get path(){return`/api/v1/organizations/${encodeURIComponent(this.ctx.organization)}/u2035/statements`}get asked(){return{state:this.state,flow:this.flow,kind:this.kind,learner:this.learner}}connectedCallback(){super.connectedCallback();const t=b(this.ctx);t.flows().then(e=>this.flows=e),this.stopNames=t.onNames(()=>this.list?.requestUpdate())}disconnectedCallback(){super.disconnectedCallback(),this.stopNames?.()}willUpdate(t){if(!this.load||["state","flow","kind","learner"].some(e=>t.has(e))){const e=this.asked;this.load=async(s,r)=>(await this.ctx.api.get(this.path,{query:{...e,limit:200,cursor:s},signal:r})).data}}render(){const t=m[this.ctx.language],e=Object.values(this.asked).some(Boolean);return i`<header class="page-head">
        <div class="head-main">
          <h1>${t.title}</h1>
          <p class="lead">${t.lead}</p>
        </div>
        <div class="btns">
          <button class="btn" type="button" @click=${()=>this.ctx.go("statements/receipts")}>${c("ready")}${t.receipts}</button>
          <button class="btn" type="button" aria-busy=${this.exporting?"true":h} @click=${this.saveList}>${c("down")}${this.exporting?t.csvBusy:t.csv}</button>
        </div>
      </header>
      ${this.error?x(this.ctx,this.error):h}
      <div class="toolbar">
        <u2035-learner-search
          .ctx=${this.ctx}
          .label=${t.searchLabel}
          .hint=${t.searchHint}
          @found-statement=${s=>this.ctx.go(`statements/${s.detail.id}`)}
          @found-learner=${s=>this.learner=s.detail.id}
          @cleared=${()=>this.learner=""}
        ></u2035-learner-search>
        ${this.select(t.flow,this.flow,[["",t.allFlows],...[...this.flows.values()].map(s=>[s.id,s.title||t.flowId(s.id)])],s=>this.flow=s)}
        ${this.select(t.kind,this.kind,[["",t.allKinds],...L.map(s=>[s,g(s,this.ctx.language)])],s=>this.kind=s)}
      </div>
      <div class="facets" role="group" aria-label=${t.state}>
        ${["",...A].map(s=>i`<button class="facet" type="button" aria-pressed=${s===this.state} title=${s?t.stateWords[s]:h} @click=${()=>this.state=s}>${s?t.states[s]:t.all}</button>`)}
        ${this.learner?i`<button class="facet" type="button" aria-pressed="true" @click=${this.forgetLearner}>${t.onlyLearner(b(this.ctx).learner(this.learner)||this.learner)} ${c("x","s")}<span class="sr">${t.clear}</span></button>`:h}
      </div>
      ${this.state?i`<p class="hint state-words">${t.states[this.state]}: ${t.stateWords[this.state]}.</p>`:h}
      <section class="panel list-panel" aria-labelledby="list">
        <h2 class="sr" id="list">${t.list}</h2>
        <u2035-work-list
          .load=${this.load}
          .wideRow=${60}
          .label=${t.list}
          .row=${(s,r)=>this.row(s,r)}
          .foot=${s=>this.foot(s,e)}
        ></u2035-work-list>
      </section>`}select(t,e,s,r){return i`<div class="select">
      <select class="input" aria-label=${t} .value=${e} @change=${a=>r(a.target.value)}>
        ${s.map(([a,o])=>i`<option value=${a} ?selected=${a===e}>${o}</option>`)}
      </select>
      ${c("chevd","s")}
    </div>`}row(t,e){const s=m[this.ctx.language],{language:r}=this.ctx,a=Q[t.state],o=t.learner===null?s.methodist:b(this.ctx).learner(t.learner)||s.learnerId(t.learner),n=this.flows.get(t.flow)?.title||s.flowId(t.flow);return i`<div class="work-row" data-row=${e}>
      <div class="c-why">
        <button class="open" type="button" data-open aria-label=${`${g(t.kind,r)}, ${o}`} @click=${()=>this.ctx.go(`statements/${t.id}`)}>${g(t.kind,r)}</button>
        <small>${s.recordNo(t.record.id)}</small>
      </div>
      <div class="c-rec"><b>${o}</b><small>${n}</small></div>
      <div class="when">
        <span class="badge ${a.badge}">${c(a.icon)}${s.states[t.state]}</span>
        <small>${this.when(t.answeredAt??t.createdAt)}</small>
      </div>
    </div>`}when(t){const{locale:e}=this.ctx;return e.dateKey(t)===e.dateKey(new Date)?e.time(t):e.moment(t)}foot(t,e){const s=m[this.ctx.language];if(t.error)return x(this.ctx,t.error,()=>void this.list.more());if(t.loading)return i`<p class="list-foot" role="status"><span class="spin" aria-hidden="true"></span>${this.ctx.kit.loading}</p>`;if(t.complete&&t.loaded===0)return i`<div class="empty">
        ${c("list")}
        <h2>${e?s.emptyFiltered:s.empty}</h2>
        <p>${e?s.emptyFilteredFix:s.emptyFix}</p>
      </div>`;const r=this.ctx.locale.number(t.loaded);return i`<p class="list-foot">${t.complete?s.shownAll(r):s.shown(r)}</p>`}};d.styles=[P,R(j)];f([y()],d.prototype,"learner",2);f([l()],d.prototype,"state",2);f([l()],d.prototype,"flow",2);f([l()],d.prototype,"kind",2);f([l()],d.prototype,"flows",2);f([l()],d.prototype,"load",2);f([l()],d.prototype,"exporting",2);f([l()],d.prototype,"error",2);f([T("u2035-work-list")],d.prototype,"list",2);f([T("u2035-learner-search")],d.prototype,"search",2);d=f([C("u2035-statement-list")],d);var V=Object.defineProperty,G=Object.getOwnPropertyDescriptor,q=(t,e,s,r)=>{for(var a=r>1?void 0:r?G(e,s):e,o=t.length-1,n;o>=0;o--)(n=t[o])&&(a=(r?n(e,s,a):n(a))||a);return r&&a&&V(e,s,a),a};let O=class extends _{constructor(){super(...arguments),this.path=""}render(){const[t="",e="",s="",r=""]=this.path.split("/").map(decodeURIComponent);return t==="receipts"?i`<u2035-receipts .ctx=${this.ctx} .run=${e}></u2035-receipts>`:t==="record"?i`<u2035-record-way .ctx=${this.ctx} .kind=${e} .record=${s} .flow=${r}></u2035-record-way>`:t!==""&&t!=="learner"?i`<u2035-record-way .ctx=${this.ctx} .statement=${t}></u2035-record-way>`:i`<u2035-statement-list .ctx=${this.ctx} .learner=${t==="learner"?e:""}></u2035-statement-list>`}};q([y()],O.prototype,"path",2);O=q([C("u2035-statements")],O);export{O as U2035Statements};
