import{d,F as $,t as m,y as M,a as l,j as c,b as r,r as f,B as N,h as D,C as K,I as P,e as I,n as T,E as W}from"./shell.js";import{r as R,b as B,d as b,t as q}from"./host-run-view.js";import{c as F}from"./host-repeat.js";import{a as S}from"./host-actor.js";import{L as x,i as V,e as L,c as E,a as C,A as U,o as G,b as J}from"./host-upload.js";import{c as H,s as Q}from"./host-clipboard.js";import"./host-confirm.js";import"./host-keep-old.js";import"./host-run-log.js";var X=Object.defineProperty,Y=Object.getOwnPropertyDescriptor,w=(t,s,e,a)=>{for(var i=a>1?void 0:a?Y(s,e):s,o=t.length-1,n;o>=0;o--)(n=t[o])&&(i=(a?n(s,e,i):n(i))||i);return a&&i&&X(s,e,i),i};const Z=3e3,tt={taken:["now","clock"],done:["ok","okc"],failed:["bad","excl"],duplicate:["","copy"]};let u=class extends x{constructor(){super(...arguments),this.routes=[],this.loadedRoute="",this.busy=""}get path(){return R(this.organization,this.connection,this.route.name)}willUpdate(t){super.willUpdate(t),t.has("route")&&this.loadedRoute&&this.loadedRoute!==this.route.name&&(this.data=null,this.refresh())}disconnectedCallback(){super.disconnectedCallback(),clearTimeout(this.timer)}async load(t){const{path:s}=this;this.loadedRoute=this.route.name;const[e,a]=await Promise.all([M(this.ctx,`${s}/files`,{limit:"50"},t),this.ctx.api.get(`${s}/runs`,{query:{limit:50},signal:t})]);return clearTimeout(this.timer),e.items.some(i=>i.state==="taken")&&(this.timer=setTimeout(()=>void this.refresh(),Z)),{files:e,runs:new Map(a.data.items.map(i=>[i.id,i]))}}draw({files:t,runs:s}){const{words:e}=this;return r`<section class="panel" aria-labelledby="arrived">
      <div class="panel-head">
        <h2 id="arrived">${e.arrivedTitle}</h2>
        <button class="btn small" type="button" @click=${()=>void this.look()}>${c("refresh","s")}${e.refresh}</button>
      </div>
      ${this.routes.length>1?r`<div class="help"><div class="seg" role="group" aria-label=${e.route}>
            ${this.routes.map(a=>r`<button type="button" aria-pressed=${a.name===this.route.name?"true":"false"} @click=${()=>this.dispatchEvent(new CustomEvent("route-chosen",{detail:a.name}))}>${a.title||a.name}</button>`)}
          </div></div>`:l}
      ${this.problem?f(this.ctx,this.problem):l}
      ${t.items.length===0?r`<div class="empty">${c("inbox")}<h3>${e.noFiles}</h3><p>${e.noFilesText}</p></div>`:r`<ul class="rows">${F(t.items,a=>a.id,a=>this.row(a,s))}</ul>
            ${N(this.ctx,t,()=>void this.more())}`}
    </section>`}row(t,s){const{words:e,ctx:a}=this,{locale:i}=a,o=t.run?s.get(t.run):void 0,[n,_]=tt[t.state];return r`<li>
      <p class="name" id="name-${t.id}" tabindex="-1">${t.name}</p>
      <p class="state">${o&&V(o)&&t.state!=="duplicate"&&t.reason===""?L(e,o):B(n,_,e.states[t.state])}</p>
      <p class="about">
        ${i.moment(t.takenAt)}, ${i.bytes(t.size)}, ${t.way==="folder"?e.ways.folder:e.takenBy(e.ways[t.way],S(a.language,t.takenBy))}${t.repeatOf?`, ${e.isRepeat}`:""}${o&&t.state!=="taken"?`. ${E(e,i,o.counts)}`:""}
      </p>
      ${t.state==="taken"?l:this.details(t,o)} ${C(t)&&t.repeatedBy===null?this.repeating(t):l}
    </li>`}details(t,s){const{words:e,ctx:a}=this;return r`<details class="more below">
      <summary aria-label="${e.details}: ${t.name}">${c("chev","s")}${e.details}</summary>
      <div class="detail">
        ${t.state==="duplicate"?r`<p class="diagnosis">${e.duplicate}</p>`:t.duplicateOf?r`<p class="diagnosis">${e.sameContent}</p>`:l}
        ${t.reason&&t.state!=="duplicate"?r`<p class="diagnosis">${t.reason}</p>`:l}
        ${C(t)&&!t.repeat.possible?r`<p class="diagnosis">${t.repeat.reason}</p>`:l}
        ${s?r`<lms-arrival-run .ctx=${a} .organization=${this.organization} .connection=${this.connection} .route=${this.route.name} .run=${s}></lms-arrival-run>`:t.run?r`<p class="diagnosis">${e.ofRun} <a href=${D("org",this.organization,"connections",this.connection,"routes",this.route.name,"runs",t.run)}>${e.toRun}</a></p>`:l}
        <p class="caption">${e.sha}: <code>${t.sha256}</code></p>
      </div>
    </details>`}repeating(t){const{words:s}=this,e=this.mayBring?t.repeat.possible?"":t.repeat.reason:s.uploadForbidden,a=`why-${t.id}`;return r`<div class="below btns">
      <button class="btn small" type="button" id="repeat-${t.id}" aria-label="${s.again}: ${t.name}" aria-disabled=${e?"true":l} aria-describedby=${e?a:l} aria-busy=${this.busy===t.id?"true":l} @click=${()=>!e&&void this.repeat(t)}>${c("refresh","s")}${s.again}</button>
      ${e?r`<span class="small muted grow" id=${a}>${e}</span>`:l}
    </div>`}async repeat(t){this.busy||(this.busy=t.id,await this.attempt(async()=>{const{data:s}=await this.ctx.api.post(`${this.path}/files/${t.id}/repeat`,{});this.ctx.say(this.words.againBegun(t.name)),await this.refresh(),await this.updateComplete,this.renderRoot.querySelector(`#name-${CSS.escape(s.id)}`)?.focus()}),this.busy="")}async look(){await this.refresh(),this.ctx.say(this.words.refreshed)}async more(){await this.attempt(async()=>{this.data={...this.data,files:await K(this.ctx,`${this.path}/files`,this.data.files,{limit:"50"})}})}};w([$({attribute:!1})],u.prototype,"routes",2);w([$({attribute:!1})],u.prototype,"route",2);w([d()],u.prototype,"loadedRoute",2);w([d()],u.prototype,"busy",2);u=w([m("lms-arrived")],u);var st=Object.defineProperty,et=Object.getOwnPropertyDescriptor,k=(t,s,e,a)=>{for(var i=a>1?void 0:a?et(s,e):s,o=t.length-1,n;o>=0;o--)(n=t[o])&&(i=(a?n(s,e,i):n(i))||i);return a&&i&&st(s,e,i),i};let y=class extends x{constructor(){super(...arguments),this.kind=null,this.chosen=""}load(t){return I(this.ctx.api,`${b(this.organization,this.connection)}/routes`,{signal:t})}draw(t){const{words:s,ctx:e,organization:a,connection:i}=this,o=t.find(n=>n.name===this.chosen)??t[0];return o?r`<div class="stack">
      ${this.of.enabled?l:T("minus","warn",s.disabledTitle,s.disabledFiles)}
      <lms-upload .kind=${this.kind} .ctx=${e} .organization=${a} .connection=${i} .of=${this.of} .routes=${t} .route=${o} @route-chosen=${n=>this.chosen=n.detail} @file-ended=${()=>void this.arrived?.refresh()}></lms-upload>
      <lms-arrived .ctx=${e} .organization=${a} .connection=${i} .of=${this.of} .routes=${t} .route=${o} @route-chosen=${n=>this.chosen=n.detail}></lms-arrived>
      ${this.folder(t)}
    </div>`:this.folder(t)}folder(t){const{words:s}=this,{locale:e}=this.ctx,{settings:a}=this.of,i=String(a.folder??""),o=Number(a.settleSeconds??30);return r`<section class="panel" aria-labelledby="folder">
      <div class="panel-head"><h2 id="folder">${s.folderTitle}</h2></div>
      <div class="panel-body stack-s">
        ${i===""?r`<p class="muted">${s.folderNone}</p>`:r`<dl class="facts wide">
              <dt>${s.folder}</dt><dd><code>${this.organization}/${i}</code></dd>
              ${t.length?r`<dt>${s.folderOf}</dt><dd>${t.map(n=>r`<div><code>${[this.organization,i,n.prefix].filter(Boolean).join("/")}</code> <span class="muted">${n.title||n.name}, ${s.pattern(String(n.settings.pattern??"*"))}</span></div>`)}</dd>`:l}
              <dt>${s.whole}</dt><dd>${a.arrival==="renamed"?s.renamed:s.stable(e.count(o,s.seconds))}</dd>
              <dt>${s.after}</dt><dd>${s.afterText}</dd>
            </dl>`}
        ${this.isAdministrator?r`<p class="small"><a href=${D("org",this.organization,"connections",this.connection,"edit")}>${s.folderSettings}</a></p>`:l}
      </div>
    </section>`}};k([$({attribute:!1})],y.prototype,"kind",2);k([d()],y.prototype,"chosen",2);k([P("lms-arrived")],y.prototype,"arrived",2);y=k([m("lms-brought-files")],y);var at=Object.defineProperty,it=Object.getOwnPropertyDescriptor,O=(t,s,e,a)=>{for(var i=a>1?void 0:a?it(s,e):s,o=t.length-1,n;o>=0;o--)(n=t[o])&&(i=(a?n(s,e,i):n(i))||i);return a&&i&&at(s,e,i),i};const j=20;let v=class extends x{constructor(){super(...arguments),this.routes=[],this.only="",this.shown=j}async load(t){return(await Promise.all(this.routes.map(async e=>{const{data:a}=await this.ctx.api.get(`${R(this.organization,this.connection,e.name)}/runs`,{query:{limit:50},signal:t});return a.items.filter(i=>i.trigger==="request").map(i=>({route:e,run:i}))}))).flat().sort((e,a)=>new Date(a.run.startedAt).getTime()-new Date(e.run.startedAt).getTime())}draw(t){const{words:s}=this,e=this.only?t.filter(a=>a.route.name===this.only):t;return r`<section class="panel" aria-labelledby="requests">
      <div class="panel-head">
        <div><h2 id="requests">${s.requestsTitle}</h2><p>${s.requestsLead}</p></div>
        <button class="btn small" type="button" @click=${()=>void this.look()}>${c("refresh","s")}${s.refresh}</button>
      </div>
      ${this.routes.length>1&&t.length>0?r`<div class="help"><div class="seg" role="group" aria-label=${s.route}>
            ${[{name:"",title:s.allRoutes},...this.routes].map(a=>r`<button type="button" aria-pressed=${this.only===a.name?"true":"false"} @click=${()=>this.only=a.name}>${a.title||a.name}</button>`)}
          </div></div>`:l}
      ${e.length===0?r`<div class="empty">${c("inbox")}<h3>${s.noRequests}</h3><p>${s.noRequestsText}</p></div>`:r`<ul class="rows">${F(e.slice(0,this.shown),a=>a.run.id,a=>this.row(a))}</ul>`}
      ${e.length>this.shown?r`<div class="more-row"><button class="btn" type="button" @click=${()=>this.shown+=j}>${this.shell.more}</button></div>`:l}
    </section>`}row({route:t,run:s}){const{words:e,ctx:a}=this,i=s.diagnoses.length>0||(s.counts.rejected??0)>0;return r`<li>
      <p class="name">${a.locale.day(s.startedAt)}, ${a.locale.exactTime(s.startedAt)}</p>
      <p class="state">${L(e,s)}</p>
      <p class="about">${t.title||t.name}. ${E(e,a.locale,s.counts)}. ${e.from}: <span class="num">${s.requestedBy}</span></p>
      ${i?r`<details class="more below">
            <summary>${c("chev","s")}${e.details}</summary>
            ${s.state!=="done"||(s.counts.rejected??0)>0?r`<p class="diagnosis">${e.requestsNotKept}</p>`:l}
            <lms-arrival-run .ctx=${a} .organization=${this.organization} .connection=${this.connection} .route=${t.name} .run=${s}></lms-arrival-run>
          </details>`:l}
    </li>`}async look(){await this.refresh(),this.ctx.say(this.words.refreshed),this.tellArrived()}};O([$({attribute:!1})],v.prototype,"routes",2);O([d()],v.prototype,"only",2);O([d()],v.prototype,"shown",2);v=O([m("lms-requests")],v);var ot=Object.defineProperty,nt=Object.getOwnPropertyDescriptor,p=(t,s,e,a)=>{for(var i=a>1?void 0:a?nt(s,e):s,o=t.length-1,n;o>=0;o--)(n=t[o])&&(i=(a?n(s,e,i):n(i))||i);return a&&i&&ot(s,e,i),i};let h=class extends U{constructor(){super(...arguments),this.secret="",this.copied="",this.busy=!1}get path(){return`${b(this.organization,this.connection)}/token`}disconnectedCallback(){super.disconnectedCallback(),this.secret=""}render(){const{words:t,ctx:s,listening:e,isAdministrator:a}=this,{token:i}=e,{locale:o}=s,n=a?l:"token-why";return r`<section class="panel" aria-labelledby="token">
        <div class="panel-head"><div><h2 id="token" tabindex="-1">${t.tokenTitle}</h2><p>${t.tokenLead}</p></div></div>
        <div class="panel-body stack-s">
          ${this.problem?f(s,this.problem):l}
          ${this.secret?r`<div class="note ok">
                ${c("okc")}
                <div>
                  <h3 class="note-head">${t.madeTitle}</h3>
                  <p>${t.madeOnce}</p>
                  <div class="once">
                    <code id="secret">${this.secret}</code>
                    <button class="btn" type="button" @click=${()=>void this.copy()}>${c("copy")}${t.copyToken}</button>
                  </div>
                  ${this.copied?r`<p class="small">${this.copied}</p>`:l}
                </div>
              </div>`:l}
          ${i.set?r`<p><code>${t.tokenSet(i.lastFour??"")}</code> <span class="muted">${i.madeAt?t.tokenMade(o.moment(i.madeAt),S(s.language,i.madeBy??"")):l}</span></p>
                ${i.previousUntil&&new Date(i.previousUntil)>new Date?r`<p class="small warn-text">${t.tokenPrevious(o.moment(i.previousUntil))}</p>`:l}`:T("key","warn",t.noToken,t.noTokenText)}
          <div>
            <p class="small muted">${t.tokenWays}</p>
            <ul class="ways-list">
              <li><code>Authorization: Bearer TOKEN</code></li>
              <li>${t.tokenBasic}</li>
              <li>${t.tokenHeader(e.header)}</li>
            </ul>
          </div>
          <div class="btns">
            <button class="btn ${i.set||e.routes.length===0?"":"primary"}" type="button" ?disabled=${!a} aria-describedby=${n} aria-busy=${this.busy?"true":l} @click=${()=>void this.make()}>${c("key")}${i.set?t.renewToken:t.makeToken}</button>
            ${i.set?r`<button class="btn danger-quiet" type="button" ?disabled=${!a} aria-describedby=${n} @click=${()=>void this.withdraw()}>${t.withdraw}</button>`:l}
          </div>
          ${a?l:r`<p class="small muted" id="token-why">${t.adminOnly}</p>`}
        </div>
      </section>
      <lms-confirm .ctx=${s}></lms-confirm>
      <lms-keep-old .ctx=${s} .heading=${t.renewTitle} .text=${t.renewText} .legend=${t.renewKeep} .action=${t.renewToken}></lms-keep-old>`}async make(){if(this.busy)return;const t=this.listening.token.set?await this.keepOld.ask():0;t!==null&&(this.busy=!0,await this.attempt(async()=>{const{data:s}=await this.ctx.api.post(this.path,{keepPreviousMinutes:t});this.secret=s.token,this.copied="",this.ctx.say(this.words.madeTitle),this.changed()}),this.busy=!1,await this.updateComplete,this.renderRoot.querySelector("#token")?.focus())}async withdraw(){const{words:t}=this;await this.confirm.ask(t.withdrawTitle,t.withdrawText,t.withdraw)&&(await this.attempt(async()=>{await this.ctx.api.delete(this.path),this.secret="",this.ctx.say(t.withdrawn),this.changed()}),await this.updateComplete,this.renderRoot.querySelector("#token")?.focus())}changed(){this.dispatchEvent(new CustomEvent("token-changed"))}async copy(){const t=await H(this.secret,this.renderRoot.querySelector("#secret"));this.copied=t==="copied"?this.ctx.kit.copied:this.ctx.kit.copyByHand,this.ctx.say(this.copied)}};p([$({attribute:!1})],h.prototype,"listening",2);p([d()],h.prototype,"secret",2);p([d()],h.prototype,"copied",2);p([d()],h.prototype,"busy",2);p([P("lms-confirm")],h.prototype,"confirm",2);p([P("lms-keep-old")],h.prototype,"keepOld",2);h=p([m("lms-listening-token")],h);var rt=Object.getOwnPropertyDescriptor,lt=(t,s,e,a)=>{for(var i=a>1?void 0:a?rt(s,e):s,o=t.length-1,n;o>=0;o--)(n=t[o])&&(i=n(i)||i);return i};let A=class extends x{async load(t){const s=b(this.organization,this.connection),[e,a]=await Promise.all([this.ctx.api.get(`${s}/listening`,{signal:t}),this.ctx.api.get(`${s}/openapi.json`,{signal:t})]);return{listening:e.data,document:a.data}}whole(t){return new URL(this.ctx.api.url(t),location.href).href}draw({listening:t,document:s}){const{words:e,ctx:a,organization:i,connection:o}=this,{routes:n}=t;return r`<div class="stack">
      ${this.of.enabled?l:T("minus","warn",e.disabledTitle,e.disabledListen)}
      ${this.problem?f(a,this.problem):l}
      ${n.length===0?l:r`<section class="panel" aria-labelledby="addresses">
            <div class="panel-head"><div><h2 id="addresses">${e.addressesTitle}</h2><p>${e.addressesLead}</p></div></div>
            <ul class="rows">${n.map(_=>this.route(_,s))}</ul>
            <div class="foot-acts ways">
              <button class="btn small" type="button" @click=${()=>void this.saveDocument()}>${c("down","s")}${e.document}</button>
            </div>
          </section>`}
      <lms-listening-token .ctx=${a} .organization=${i} .connection=${o} .listening=${t} @token-changed=${()=>void this.refresh()}></lms-listening-token>
      ${n.length===0?l:r`<lms-requests .ctx=${a} .organization=${i} .connection=${o} .of=${this.of} .routes=${n}></lms-requests>`}
    </div>`}route(t,s){const{words:e}=this,a=t.title||t.name,i=this.whole(t.address),o=G(s,t),n=J(o?.method??(t.method==="any"?"POST":t.method),i,t.format,o?.example??"");return r`<li>
      <p class="name">${a}</p>
      <p class="state"><span class="chip">${e.methods[t.method]}</span> <span class="chip">${t.format.toUpperCase()}</span> ${t.enabled?l:B("","minus",e.off)}</p>
      <div class="copy-line">
        <code>${i}</code>
        <button class="btn small" type="button" aria-label=${e.copyAddress(a)} @click=${()=>void this.copy(i)}>${c("copy","s")}${e.copy}</button>
      </div>
      <div class="below ways">
        <details class="more">
          <summary>${c("chev","s")}${e.example}</summary>
          <pre class="raw" tabindex="0">${n}</pre>
          <p class="hint">${o?.example?e.exampleHint:e.exampleFile}</p>
          <button class="btn small" type="button" @click=${()=>void this.copy(n)}>${c("copy","s")}${e.copyExample}</button>
        </details>
        ${o?.id?r`<a href="${this.ctx.api.url("/docs")}#${o.id}" target="_blank" rel="noopener">${e.docs} ${c("external","s")}<span class="sr">${e.opensHere}</span></a>`:l}
      </div>
    </li>`}async copy(t){const s=await H(t);this.ctx.say(s==="copied"?this.ctx.kit.copied:this.ctx.kit.copyByHand)}async saveDocument(){await this.attempt(async()=>{const{blob:t}=await this.ctx.api.download(`${b(this.organization,this.connection)}/openapi.json`);Q(t,`${this.connection}-openapi.json`)})}};A=lt([m("lms-listening")],A);var ct=Object.defineProperty,dt=Object.getOwnPropertyDescriptor,z=(t,s,e,a)=>{for(var i=a>1?void 0:a?dt(s,e):s,o=t.length-1,n;o>=0;o--)(n=t[o])&&(i=(a?n(s,e,i):n(i))||i);return a&&i&&ct(s,e,i),i};let g=class extends U{constructor(){super(...arguments),this.kind=null,this.of=null,this.loadedFor=""}willUpdate(t){super.willUpdate(t);const s=`${this.organization}|${this.connection}`;this.loadedFor===s&&!t.has("changes")||(this.loadedFor!==s&&(this.of=null),this.loadedFor=s,this.load())}async load(){const{loadedFor:t}=this;await this.attempt(async()=>{const{data:s}=await this.ctx.api.get(b(this.organization,this.connection));this.loadedFor===t&&(this.of=s)})}render(){const{ctx:t,organization:s,connection:e,changes:a,of:i}=this;return this.problem?f(t,this.problem,()=>void this.load()):i?q(this.kind,"request")?r`<lms-listening .ctx=${t} .organization=${s} .connection=${e} .changes=${a} .of=${i}></lms-listening>`:q(this.kind,"upload")?r`<lms-brought-files .kind=${this.kind} .ctx=${t} .organization=${s} .connection=${e} .changes=${a} .of=${i}></lms-brought-files>`:l:W(t)}};z([$({attribute:!1})],g.prototype,"kind",2);z([d()],g.prototype,"of",2);g=z([m("lms-arrivals")],g);export{g as Arrivals};
