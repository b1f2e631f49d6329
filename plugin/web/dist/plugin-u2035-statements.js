import{a as P,r as N,n as y,c as o,P as _,o as j,A as h,i as c,b as r,f as k,l as I,d as U,t as O}from"./u2035.js";import{n as v,k as g,h as F,e as q,s as L}from"./plugin-names.js";import{t as $,n as D,s as S,a as R,b as A}from"./plugin-way.js";import{f as H}from"./plugin-long-list.js";import"./plugin-clipboard.js";const T='.toolbar{align-items:flex-start}.toolbar u2035-learner-search{flex:1 1 280px}.toolbar .select{flex:0 1 auto;min-width:0;max-width:100%}.toolbar select{max-width:15rem;text-overflow:ellipsis}.state-words{margin:calc(-1 * var(--u-2)) 0 var(--u-4)}.list-panel{overflow:hidden}u2035-work-list{height:max(22rem,calc(100dvh - 22rem))}.crumbs a{display:inline-flex;align-items:center;gap:var(--u-1);min-height:24px}.way-panel u2035-way{max-width:46rem}.way-panel .panel-body{padding-top:var(--u-2)}.way-panel+.way-panel{margin-top:var(--u-5)}.verify{display:flex;flex-wrap:wrap;align-items:center;gap:var(--u-3) var(--u-4);margin-bottom:var(--u-5)}.verify .hash{overflow-wrap:anywhere}@container page (max-width: 660px){.toolbar .select{flex:1 1 9rem}.toolbar select{max-width:none}u2035-work-list{height:max(22rem,calc(100dvh - 12rem))}.receipts thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.receipts tbody,.receipts tr,.receipts td{display:block;height:auto;border:0;padding:0}.receipts tr{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:var(--u-1) var(--u-4);padding:var(--u-4);border-bottom:1px solid var(--u-line)}.receipts tr>td:first-child,.receipts tr>td:last-child{padding:0}.receipts td.r{text-align:left}.receipts td[data-label]:before{content:attr(data-label) " ";color:var(--u-ink-3)}.receipts .wide{grid-column:1 / -1}}';var W=Object.defineProperty,z=Object.getOwnPropertyDescriptor,m=(t,e,s,i)=>{for(var a=i>1?void 0:i?z(e,s):e,l=t.length-1,n;l>=0;l--)(n=t[l])&&(a=(i?n(e,s,a):n(a))||a);return i&&a&&W(e,s,a),a};let d=class extends _{constructor(){super(...arguments),this.run="",this.items=null,this.next=null,this.flows=new Map,this.error=null,this.chain=null,this.chainError=null,this.verifying=!1,this.verify=async()=>{this.verifying=!0,this.chainError=null;try{this.chain=(await this.ctx.api.get(`${this.base}/verify`)).data}catch(t){this.chainError=t}this.verifying=!1}}get base(){return`${j(this.ctx.organization)}/u2035/receipts`}connectedCallback(){super.connectedCallback(),v(this.ctx).flows().then(t=>this.flows=t),this.verify()}willUpdate(t){t.has("run")&&(this.items=null,this.read(null))}async read(t){this.error=null;try{const{data:e}=await this.ctx.api.get(this.base,{query:{run:this.run,limit:100,cursor:t}});this.items=t===null?e.items:[...this.items??[],...e.items],this.next=e.next}catch(e){this.error=e}}render(){const t=$[this.ctx.language];return r`<nav class="crumbs">
        <a href="#" @click=${e=>this.open(e,"statements")}>${c("left","s")} ${t.back}</a>
      </nav>
      <header class="page-head">
        <div class="head-main">
          <h1>${t.receiptsTitle}</h1>
          <p class="lead">${t.receiptsLead}</p>
        </div>
      </header>
      ${this.verdict()}
      ${this.run?r`<p class="state-words hint">${t.receiptsOfRun(this.run)}. <a href="#" @click=${e=>this.open(e,"statements/receipts")}>${t.allReceipts}</a></p>`:h}
      ${this.error?r`<h2 class="sr">${t.receiptsTitle}</h2>${k(this.ctx,this.error,()=>void this.read(null))}`:this.items?this.table(this.items):I(this.ctx)}`}verdict(){const t=$[this.ctx.language],{chain:e}=this;return this.chainError instanceof U&&this.chainError.status===403?r`<p class="verify hint">${c("lock")}${t.verifyWhy}</p>`:this.chainError?r`<h2 class="sr">${t.verify}</h2>${k(this.ctx,this.chainError,this.verify)}`:e?e.broken?r`<div class="note bad" role="alert">
        ${c("excl")}
        <div>
          <h2>${t.brokenTitle(e.broken.number)}</h2>
          <p>${e.broken.reason}</p>
          <p>${t.brokenFix}</p>
        </div>
      </div>`:r`<div class="verify" role="status">
      <span class="badge ok">${c("okc")}${t.intact(e.receipts,this.ctx.locale)}</span>
      ${e.receipts>0?r`<span class="caption hash">${t.lastHash}: <code>${e.hash}</code></span>`:h}
      <button class="btn small" type="button" aria-busy=${this.verifying?"true":h} @click=${this.verify}>${t.verify}</button>
    </div>`:r`<p class="verify" role="status"><span class="spin" aria-hidden="true"></span>${t.verifying}</p>`}table(t){const e=$[this.ctx.language],{locale:s}=this.ctx;if(t.length===0)return r`<section class="panel"><div class="empty">${c("ready")}<h2>${e.noReceipts}</h2><p>${e.noReceiptsFix}</p></div></section>`;const i=(a,l)=>r`<td class="r num" data-label=${a}>${s.number(l)}</td>`;return r`<section class="panel" aria-label=${e.receiptsTitle}>
      <div class="table-wrap">
        <table class="receipts">
          <thead>
            <tr>
              <th scope="col">${e.night}</th><th scope="col">${e.flowHead}</th><th scope="col" class="r">${e.sent}</th><th scope="col" class="r">${e.confirmed}</th>
              <th scope="col" class="r">${e.refused}</th><th scope="col" class="r">${e.waitingHead}</th><th scope="col">${e.reading}</th>
            </tr>
          </thead>
          <tbody>
            ${t.map(({id:a,hash:l,receipt:n})=>{const x=n.flow===null?e.whole:this.flows.get(n.flow)?.title||e.flowId(n.flow),{read:b}=n;return r`<tr>
                <td class="wide"><b>${s.moment(n.at)}</b><small title=${l}>${e.number} ${n.number}</small></td>
                <td class="wide" data-key=${a}>${x}<small>${n.project}</small></td>
                ${i(e.sent,n.sent)} ${i(e.confirmed,n.confirmed)} ${i(e.refused,n.refused)}
                ${i(e.waitingHead,n.waiting+n.inDoubt)}
                <td class="wide">${e.readings[b.mode]??b.mode}<small>${b.asked>0?e.readOf(s.number(b.asked),s.number(b.of)):b.note}</small></td>
              </tr>`})}
          </tbody>
        </table>
      </div>
      ${this.next?r`<div class="table-foot"><span></span><button class="btn small" type="button" @click=${()=>void this.read(this.next)}>${this.ctx.kit.more}</button></div>`:h}
    </section>`}open(t,e){t.preventDefault(),this.ctx.go(e)}};d.styles=[P,N(T)];m([y()],d.prototype,"run",2);m([o()],d.prototype,"items",2);m([o()],d.prototype,"next",2);m([o()],d.prototype,"flows",2);m([o()],d.prototype,"error",2);m([o()],d.prototype,"chain",2);m([o()],d.prototype,"chainError",2);m([o()],d.prototype,"verifying",2);d=m([O("u2035-receipts")],d);var K=Object.defineProperty,B=Object.getOwnPropertyDescriptor,f=(t,e,s,i)=>{for(var a=i>1?void 0:i?B(e,s):e,l=t.length-1,n;l>=0;l--)(n=t[l])&&(a=(i?n(e,s,a):n(a))||a);return i&&a&&K(e,s,a),a};let p=class extends _{constructor(){super(...arguments),this.statement="",this.kind="",this.record="",this.flow="",this.way=null,this.one=null,this.flowTitle="",this.error=null,this.stopNames=null,this.back=t=>{t.preventDefault(),this.ctx.go("statements")}}connectedCallback(){super.connectedCallback(),this.stopNames=v(this.ctx).onNames(()=>this.requestUpdate())}disconnectedCallback(){super.disconnectedCallback(),this.stopNames?.()}willUpdate(t){["ctx","statement","kind","record","flow"].some(s=>t.has(s))&&this.read()}async read(){const t=`${j(this.ctx.organization)}/u2035`,e=[this.statement,this.kind,this.record,this.flow].join("/");this.way=this.one=this.error=null;let{kind:s,record:i,flow:a}=this;try{if(this.statement&&(this.one=(await this.ctx.api.get(`${t}/statements/${encodeURIComponent(this.statement)}`)).data,{kind:s,id:i}=this.one.record,a=this.one.flow),s==="statement")return;const{data:l}=await this.ctx.api.get(`${t}/records/${encodeURIComponent(s)}/${encodeURIComponent(i)}/way`,{query:{flow:a}});if(e!==[this.statement,this.kind,this.record,this.flow].join("/"))return;this.way=l;const n=l.statements.find(b=>b.id===this.one?.id)??l.statements.at(-1);!this.one&&n&&(this.one=(await this.ctx.api.get(`${t}/statements/${n.id}`)).data);const x=l.flow??a;x&&(this.flowTitle=(await v(this.ctx).flows()).get(x)?.title??"")}catch(l){this.error=l}}render(){const t=$[this.ctx.language];return r`<nav class="crumbs"><a href="#" @click=${this.back}>${c("left","s")} ${t.back}</a></nav>
      ${this.head()}
      ${this.error?r`<h2 class="sr">${t.wayTitle}</h2>${k(this.ctx,this.error,()=>void this.read())}${this.error instanceof U&&this.error.status===403?r`<p class="hint">${t.methodistOnly}</p>`:h}`:this.way||this.one?.record.kind==="statement"?this.ways():I(this.ctx)}`}head(){const t=$[this.ctx.language],{language:e}=this.ctx,s=this.one,i=s?.record.kind??this.kind,a=s?D(s.statement)||g(e,s.kind):F(e,i),n=[s?.learner?v(this.ctx).learnerNow(s.learner)||t.learnerId(s.learner):s?t.methodist:"",s&&D(s.statement)?g(e,s.kind):"",this.flowTitle,i?t.recordNo(s?.record.id??this.record):""];return r`<header class="page-head">
      <div class="head-main">
        <div class="title-line">
          <h1>${a||t.wayTitle}</h1>
          ${s?r`<span class="badge ${s.state==="confirmed"?"ok":s.state==="quarantined"?"bad":s.state==="in_doubt"?"warn":"now"}">${t.states[s.state]}</span>`:h}
        </div>
        <p class="lead">${n.filter(Boolean).join(" · ")}</p>
      </div>
      ${s?.state==="quarantined"?r`<div class="btns"><button class="btn primary" type="button" @click=${()=>this.ctx.go(`quarantine/${s.id}`)}>${c("inbox")}${t.toQuarantine}</button></div>`:h}
    </header>`}ways(){const t=$[this.ctx.language],{way:e}=this;if(!e)return r`<section class="panel way-panel"><div class="panel-body"><pre class="raw" tabindex="0">${JSON.stringify(this.one?.statement,null,2)}</pre></div></section>`;const s=[...e.statements].reverse(),i=s[0];return r`<section class="panel way-panel" aria-labelledby="way">
        <div class="panel-head"><h2 id="way">${t.wayTitle}</h2></div>
        <div class="panel-body">
          <u2035-way .ctx=${this.ctx} .nodes=${[...S(e,t),...i?R(i,t,this.ctx.locale):[]]} answerOpen></u2035-way>
          ${i?h:r`<p class="hint">${t.noWay}</p>`}
        </div>
      </section>
      ${s.slice(1).map(a=>r`<section class="panel way-panel" aria-label=${t.statementTitle(a.statementId)}>
          <div class="panel-body"><u2035-way .ctx=${this.ctx} .nodes=${R(a,t,this.ctx.locale)}></u2035-way></div>
        </section>`)}`}};p.styles=[P,N(T)];f([y()],p.prototype,"statement",2);f([y()],p.prototype,"kind",2);f([y()],p.prototype,"record",2);f([y()],p.prototype,"flow",2);f([o()],p.prototype,"way",2);f([o()],p.prototype,"one",2);f([o()],p.prototype,"flowTitle",2);f([o()],p.prototype,"error",2);p=f([O("u2035-record-way")],p);var M=Object.defineProperty,J=Object.getOwnPropertyDescriptor,w=(t,e,s,i)=>{for(var a=i>1?void 0:i?J(e,s):e,l=t.length-1,n;l>=0;l--)(n=t[l])&&(a=(i?n(e,s,a):n(a))||a);return i&&a&&M(e,s,a),a};const Q={waiting:{badge:"",icon:"clock"},sending:{badge:"now",icon:"right"},in_doubt:{badge:"warn",icon:"refresh"},accepted:{badge:"now",icon:"check"},confirmed:{badge:"ok",icon:"okc"},quarantined:{badge:"bad",icon:"excl"},withdrawn:{badge:"",icon:"minus"}};let u=class extends _{constructor(){super(...arguments),this.learner="",this.state="",this.flow="",this.kind="",this.flows=new Map,this.load=null,this.stopNames=null,this.forgetLearner=()=>{this.learner="",this.search.clear()}}get path(){return`${j(this.ctx.organization)}/u2035/statements`}get asked(){return{state:this.state,flow:this.flow,kind:this.kind,learner:this.learner}}connectedCallback(){super.connectedCallback();const t=v(this.ctx);t.flows().then(e=>this.flows=e),this.stopNames=t.onNames(()=>this.list?.requestUpdate())}disconnectedCallback(){super.disconnectedCallback(),this.stopNames?.()}willUpdate(t){if(!this.load||["state","flow","kind","learner"].some(e=>t.has(e))){const e=this.asked;this.load=async(s,i)=>(await this.ctx.api.get(this.path,{query:{...e,limit:200,cursor:s},signal:i})).data}}render(){const t=$[this.ctx.language],e=Object.values(this.asked).some(Boolean);return r`<header class="page-head">
        <div class="head-main">
          <h1>${t.title}</h1>
          <p class="lead">${t.lead}</p>
        </div>
        <div class="btns">
          <button class="btn" type="button" @click=${()=>this.ctx.go("statements/receipts")}>${c("ready")}${t.receipts}</button>
          <u2035-csv .ctx=${this.ctx} .from=${this.path} .filters=${this.asked}></u2035-csv>
        </div>
      </header>
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
        ${this.select(t.kind,this.kind,[["",t.allKinds],...L.map(s=>[s,g(this.ctx.language,s)])],s=>this.kind=s)}
      </div>
      <div class="facets" role="group" aria-label=${t.state}>
        ${["",...A].map(s=>r`<button class="facet" type="button" aria-pressed=${s===this.state} title=${s?t.stateWords[s]:h} @click=${()=>this.state=s}>${s?t.states[s]:t.all}</button>`)}
        ${this.learner?r`<button class="facet" type="button" aria-pressed="true" @click=${this.forgetLearner}>${t.onlyLearner(v(this.ctx).learnerNow(this.learner)||this.learner)} ${c("x","s")}<span class="sr">${t.clear}</span></button>`:h}
      </div>
      ${this.state?r`<p class="hint state-words">${t.states[this.state]}: ${t.stateWords[this.state]}.</p>`:h}
      <section class="panel list-panel" aria-labelledby="list">
        <h2 class="sr" id="list">${t.list}</h2>
        <u2035-work-list
          .load=${this.load}
          .wideRow=${60}
          .label=${t.list}
          .row=${(s,i)=>this.row(s,i)}
          .foot=${s=>this.foot(s,e)}
        ></u2035-work-list>
      </section>`}select(t,e,s,i){return r`<div class="select">
      <select class="input" aria-label=${t} .value=${e} @change=${a=>i(a.target.value)}>
        ${s.map(([a,l])=>r`<option value=${a} ?selected=${a===e}>${l}</option>`)}
      </select>
      ${c("chevd","s")}
    </div>`}row(t,e){const s=$[this.ctx.language],{language:i}=this.ctx,a=Q[t.state],l=t.learner===null?s.methodist:v(this.ctx).learnerNow(t.learner)||s.learnerId(t.learner),n=this.flows.get(t.flow)?.title||s.flowId(t.flow);return r`<div class="work-row" data-row=${e}>
      <div class="c-why">
        <button class="open" type="button" data-open aria-label=${`${g(i,t.kind)}, ${l}`} @click=${()=>this.ctx.go(`statements/${t.id}`)}>${g(i,t.kind)}</button>
        <small>${s.recordNo(t.record.id)}</small>
      </div>
      <div class="c-rec"><b>${l}</b><small>${n}</small></div>
      <div class="when">
        <span class="badge ${a.badge}">${c(a.icon)}${s.states[t.state]}</span>
        <small>${this.when(t.answeredAt??t.createdAt)}</small>
      </div>
    </div>`}when(t){const{locale:e}=this.ctx;return e.dateKey(t)===e.dateKey(new Date)?e.time(t):e.moment(t)}foot(t,e){const s=$[this.ctx.language];if(t.error)return k(this.ctx,t.error,()=>void this.list.more());if(t.loading)return r`<p class="list-foot" role="status"><span class="spin" aria-hidden="true"></span>${this.ctx.kit.loading}</p>`;if(t.complete&&t.loaded===0)return r`<div class="empty">
        ${c("list")}
        <h2>${e?s.emptyFiltered:s.empty}</h2>
        <p>${e?s.emptyFilteredFix:s.emptyFix}</p>
      </div>`;const i=this.ctx.locale.number(t.loaded);return r`<p class="list-foot">${t.complete?s.shownAll(i):s.shown(i)}</p>`}};u.styles=[P,H,N(T)];w([y()],u.prototype,"learner",2);w([o()],u.prototype,"state",2);w([o()],u.prototype,"flow",2);w([o()],u.prototype,"kind",2);w([o()],u.prototype,"flows",2);w([o()],u.prototype,"load",2);w([q("u2035-work-list")],u.prototype,"list",2);w([q("u2035-learner-search")],u.prototype,"search",2);u=w([O("u2035-statement-list")],u);var V=Object.defineProperty,G=Object.getOwnPropertyDescriptor,E=(t,e,s,i)=>{for(var a=i>1?void 0:i?G(e,s):e,l=t.length-1,n;l>=0;l--)(n=t[l])&&(a=(i?n(e,s,a):n(a))||a);return i&&a&&V(e,s,a),a};let C=class extends _{constructor(){super(...arguments),this.path=""}render(){const[t="",e="",s="",i=""]=this.path.split("/").map(decodeURIComponent);return t==="receipts"?r`<u2035-receipts .ctx=${this.ctx} .run=${e}></u2035-receipts>`:t==="record"?r`<u2035-record-way .ctx=${this.ctx} .kind=${e} .record=${s} .flow=${i}></u2035-record-way>`:t!==""&&t!=="learner"?r`<u2035-record-way .ctx=${this.ctx} .statement=${t}></u2035-record-way>`:r`<u2035-statement-list .ctx=${this.ctx} .learner=${t==="learner"?e:""}></u2035-statement-list>`}};E([y()],C.prototype,"path",2);C=E([O("u2035-statements")],C);export{C as U2035Statements};
