import{d as h,F as b,t as $,y as S,a as l,j as c,b as r,r as w,B as U,h as q,C as H,I as O,e as M,n as P,E as N}from"./shell.js";import{r as A,a as u}from"./host-run-view.js";import{c as D}from"./host-repeat.js";import{a as C}from"./host-actor.js";import{L as f,i as I,e as R,c as F,A as B,o as K,a as W}from"./host-upload.js";import{c as E,s as V}from"./host-clipboard.js";import"./host-confirm.js";import"./host-keep-old.js";import"./host-run-log.js";var G=Object.defineProperty,J=Object.getOwnPropertyDescriptor,g=(t,s,e,i)=>{for(var a=i>1?void 0:i?J(s,e):s,o=t.length-1,n;o>=0;o--)(n=t[o])&&(a=(i?n(s,e,a):n(a))||a);return i&&a&&G(s,e,a),a};const Q=3e3,X={taken:["now","clock"],done:["ok","okc"],failed:["bad","excl"],duplicate:["","copy"]};let m=class extends f{constructor(){super(...arguments),this.routes=[],this.loadedRoute=""}get path(){return A(this.organization,this.connection,this.route.name)}willUpdate(t){super.willUpdate(t),t.has("route")&&this.loadedRoute&&this.loadedRoute!==this.route.name&&(this.data=null,this.refresh())}disconnectedCallback(){super.disconnectedCallback(),clearTimeout(this.timer)}async load(t){const{path:s}=this;this.loadedRoute=this.route.name;const[e,i]=await Promise.all([S(this.ctx,`${s}/files`,{limit:"50"},t),this.ctx.api.get(`${s}/runs`,{query:{limit:50},signal:t})]);return clearTimeout(this.timer),e.items.some(a=>a.state==="taken")&&(this.timer=setTimeout(()=>void this.refresh(),Q)),{files:e,runs:new Map(i.data.items.map(a=>[a.id,a]))}}draw({files:t,runs:s}){const{words:e}=this;return r`<section class="panel" aria-labelledby="arrived">
      <div class="panel-head">
        <h2 id="arrived">${e.arrivedTitle}</h2>
        <button class="btn small" type="button" @click=${()=>void this.look()}>${c("refresh","s")}${e.refresh}</button>
      </div>
      ${this.routes.length>1?r`<div class="help"><div class="seg" role="group" aria-label=${e.route}>
            ${this.routes.map(i=>r`<button type="button" aria-pressed=${i.name===this.route.name?"true":"false"} @click=${()=>this.dispatchEvent(new CustomEvent("route-chosen",{detail:i.name}))}>${i.title||i.name}</button>`)}
          </div></div>`:l}
      ${this.problem?w(this.ctx,this.problem):l}
      ${t.items.length===0?r`<div class="empty">${c("inbox")}<h3>${e.noFiles}</h3><p>${e.noFilesText}</p></div>`:r`<ul class="rows">${D(t.items,i=>i.id,i=>this.row(i,s))}</ul>
            ${U(this.ctx,t,()=>void this.more())}`}
    </section>`}row(t,s){const{words:e,ctx:i}=this,{locale:a}=i,o=t.run?s.get(t.run):void 0,[n,k]=X[t.state];return r`<li>
      <p class="name">${t.name}</p>
      <p class="state">${o&&I(o)&&t.state!=="duplicate"&&t.reason===""?R(e,o):r`<span class="badge ${n}">${c(k)}${e.states[t.state]}</span>`}</p>
      <p class="about">
        ${a.moment(t.takenAt)}, ${a.bytes(t.size)}, ${t.way==="folder"?e.ways.folder:e.takenBy(e.ways[t.way],C(i.language,t.takenBy))}${o&&t.state!=="taken"?`. ${F(e,a,o.counts)}`:""}
      </p>
      ${t.state==="taken"?l:this.details(t,o)}
    </li>`}details(t,s){const{words:e,ctx:i}=this,a=t.state==="failed"||(s?.counts.rejected??0)>0;return r`<details class="more below">
      <summary aria-label="${e.details}: ${t.name}">${c("chev","s")}${e.details}</summary>
      <div class="detail">
        ${t.state==="duplicate"?r`<p class="diagnosis">${e.duplicate}</p>`:t.duplicateOf?r`<p class="diagnosis">${e.sameContent}</p>`:l}
        ${t.reason&&t.state!=="duplicate"?r`<p class="diagnosis">${t.reason}</p>`:l}
        ${a?r`<p class="diagnosis">${t.way==="upload"?e.retryUpload:e.retryFolder}</p>`:l}
        ${s?r`<lms-arrival-run .ctx=${i} .organization=${this.organization} .connection=${this.connection} .route=${this.route.name} .run=${s}></lms-arrival-run>`:t.run?r`<p class="diagnosis">${e.ofRun} <a href=${q("org",this.organization,"connections",this.connection,"routes",this.route.name,"runs",t.run)}>${e.toRun}</a></p>`:l}
        <p class="caption">${e.sha}: <code>${t.sha256}</code></p>
      </div>
    </details>`}async look(){await this.refresh(),this.ctx.say(this.words.refreshed)}async more(){await this.attempt(async()=>{this.data={...this.data,files:await H(this.ctx,`${this.path}/files`,this.data.files,{limit:"50"})}})}};g([b({attribute:!1})],m.prototype,"routes",2);g([b({attribute:!1})],m.prototype,"route",2);g([h()],m.prototype,"loadedRoute",2);m=g([$("lms-arrived")],m);var Y=Object.defineProperty,Z=Object.getOwnPropertyDescriptor,T=(t,s,e,i)=>{for(var a=i>1?void 0:i?Z(s,e):s,o=t.length-1,n;o>=0;o--)(n=t[o])&&(a=(i?n(s,e,a):n(a))||a);return i&&a&&Y(s,e,a),a};let y=class extends f{constructor(){super(...arguments),this.chosen=""}load(t){return M(this.ctx.api,`${u(this.organization,this.connection)}/routes`,{signal:t})}draw(t){const{words:s,ctx:e,organization:i,connection:a}=this,o=t.find(n=>n.name===this.chosen)??t[0];return o?r`<div class="stack">
      ${this.of.enabled?l:P("minus","warn",s.disabledTitle,s.disabledFiles)}
      <lms-upload .ctx=${e} .organization=${i} .connection=${a} .of=${this.of} .routes=${t} .route=${o} @route-chosen=${n=>this.chosen=n.detail} @file-ended=${()=>void this.arrived?.refresh()}></lms-upload>
      <lms-arrived .ctx=${e} .organization=${i} .connection=${a} .of=${this.of} .routes=${t} .route=${o} @route-chosen=${n=>this.chosen=n.detail}></lms-arrived>
      ${this.folder(t)}
    </div>`:this.folder(t)}folder(t){const{words:s}=this,{locale:e}=this.ctx,{settings:i}=this.of,a=String(i.folder??""),o=Number(i.settleSeconds??30);return r`<section class="panel" aria-labelledby="folder">
      <div class="panel-head"><h2 id="folder">${s.folderTitle}</h2></div>
      <div class="panel-body stack-s">
        ${a===""?r`<p class="muted">${s.folderNone}</p>`:r`<dl class="facts wide">
              <dt>${s.folder}</dt><dd><code>${this.organization}/${a}</code></dd>
              ${t.length?r`<dt>${s.folderOf}</dt><dd>${t.map(n=>r`<div><code>${[this.organization,a,n.prefix].filter(Boolean).join("/")}</code> <span class="muted">${n.title||n.name}, ${s.pattern(String(n.settings.pattern??"*"))}</span></div>`)}</dd>`:l}
              <dt>${s.whole}</dt><dd>${i.arrival==="renamed"?s.renamed:s.stable(e.count(o,s.seconds))}</dd>
              <dt>${s.after}</dt><dd>${s.afterText}</dd>
            </dl>`}
        ${this.isAdministrator?r`<p class="small"><a href=${q("org",this.organization,"connections",this.connection,"edit")}>${s.folderSettings}</a></p>`:l}
      </div>
    </section>`}};T([h()],y.prototype,"chosen",2);T([O("lms-arrived")],y.prototype,"arrived",2);y=T([$("lms-brought-files")],y);var tt=Object.defineProperty,st=Object.getOwnPropertyDescriptor,x=(t,s,e,i)=>{for(var a=i>1?void 0:i?st(s,e):s,o=t.length-1,n;o>=0;o--)(n=t[o])&&(a=(i?n(s,e,a):n(a))||a);return i&&a&&tt(s,e,a),a};const z=20;let v=class extends f{constructor(){super(...arguments),this.routes=[],this.only="",this.shown=z}async load(t){return(await Promise.all(this.routes.map(async e=>{const{data:i}=await this.ctx.api.get(`${A(this.organization,this.connection,e.name)}/runs`,{query:{limit:50},signal:t});return i.items.filter(a=>a.trigger==="request").map(a=>({route:e,run:a}))}))).flat().sort((e,i)=>new Date(i.run.startedAt).getTime()-new Date(e.run.startedAt).getTime())}draw(t){const{words:s}=this,e=this.only?t.filter(i=>i.route.name===this.only):t;return r`<section class="panel" aria-labelledby="requests">
      <div class="panel-head">
        <div><h2 id="requests">${s.requestsTitle}</h2><p>${s.requestsLead}</p></div>
        <button class="btn small" type="button" @click=${()=>void this.look()}>${c("refresh","s")}${s.refresh}</button>
      </div>
      ${this.routes.length>1&&t.length>0?r`<div class="help"><div class="seg" role="group" aria-label=${s.route}>
            ${[{name:"",title:s.allRoutes},...this.routes].map(i=>r`<button type="button" aria-pressed=${this.only===i.name?"true":"false"} @click=${()=>this.only=i.name}>${i.title||i.name}</button>`)}
          </div></div>`:l}
      ${e.length===0?r`<div class="empty">${c("inbox")}<h3>${s.noRequests}</h3><p>${s.noRequestsText}</p></div>`:r`<ul class="rows">${D(e.slice(0,this.shown),i=>i.run.id,i=>this.row(i))}</ul>`}
      ${e.length>this.shown?r`<div class="more-row"><button class="btn" type="button" @click=${()=>this.shown+=z}>${this.shell.more}</button></div>`:l}
    </section>`}row({route:t,run:s}){const{words:e,ctx:i}=this,a=s.diagnoses.length>0||(s.counts.rejected??0)>0;return r`<li>
      <p class="name">${i.locale.day(s.startedAt)}, ${i.locale.exactTime(s.startedAt)}</p>
      <p class="state">${R(e,s)}</p>
      <p class="about">${t.title||t.name}. ${F(e,i.locale,s.counts)}. ${e.from}: <span class="num">${s.requestedBy}</span></p>
      ${a?r`<details class="more below">
            <summary>${c("chev","s")}${e.details}</summary>
            <lms-arrival-run .ctx=${i} .organization=${this.organization} .connection=${this.connection} .route=${t.name} .run=${s}></lms-arrival-run>
          </details>`:l}
    </li>`}async look(){await this.refresh(),this.ctx.say(this.words.refreshed),this.tellArrived()}};x([b({attribute:!1})],v.prototype,"routes",2);x([h()],v.prototype,"only",2);x([h()],v.prototype,"shown",2);v=x([$("lms-requests")],v);var et=Object.defineProperty,at=Object.getOwnPropertyDescriptor,p=(t,s,e,i)=>{for(var a=i>1?void 0:i?at(s,e):s,o=t.length-1,n;o>=0;o--)(n=t[o])&&(a=(i?n(s,e,a):n(a))||a);return i&&a&&et(s,e,a),a};let d=class extends B{constructor(){super(...arguments),this.secret="",this.copied="",this.busy=!1}get path(){return`${u(this.organization,this.connection)}/token`}disconnectedCallback(){super.disconnectedCallback(),this.secret=""}render(){const{words:t,ctx:s,listening:e,isAdministrator:i}=this,{token:a}=e,{locale:o}=s,n=i?l:"token-why";return r`<section class="panel" aria-labelledby="token">
        <div class="panel-head"><div><h2 id="token" tabindex="-1">${t.tokenTitle}</h2><p>${t.tokenLead}</p></div></div>
        <div class="panel-body stack-s">
          ${this.problem?w(s,this.problem):l}
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
          ${a.set?r`<p><code>${t.tokenSet(a.lastFour??"")}</code> <span class="muted">${a.madeAt?t.tokenMade(o.moment(a.madeAt),C(s.language,a.madeBy??"")):l}</span></p>
                ${a.previousUntil&&new Date(a.previousUntil)>new Date?r`<p class="small warn-text">${t.tokenPrevious(o.moment(a.previousUntil))}</p>`:l}`:P("key","warn",t.noToken,t.noTokenText)}
          <div>
            <p class="small muted">${t.tokenWays}</p>
            <ul class="ways-list">
              <li><code>Authorization: Bearer TOKEN</code></li>
              <li>${t.tokenBasic}</li>
              <li>${t.tokenHeader(e.header)}</li>
            </ul>
          </div>
          <div class="btns">
            <button class="btn ${a.set||e.routes.length===0?"":"primary"}" type="button" ?disabled=${!i} aria-describedby=${n} aria-busy=${this.busy?"true":l} @click=${()=>void this.make()}>${c("key")}${a.set?t.renewToken:t.makeToken}</button>
            ${a.set?r`<button class="btn danger-quiet" type="button" ?disabled=${!i} aria-describedby=${n} @click=${()=>void this.withdraw()}>${t.withdraw}</button>`:l}
          </div>
          ${i?l:r`<p class="small muted" id="token-why">${t.adminOnly}</p>`}
        </div>
      </section>
      <lms-confirm .ctx=${s}></lms-confirm>
      <lms-keep-old .ctx=${s} .heading=${t.renewTitle} .text=${t.renewText} .legend=${t.renewKeep} .action=${t.renewToken}></lms-keep-old>`}async make(){if(this.busy)return;const t=this.listening.token.set?await this.keepOld.ask():0;t!==null&&(this.busy=!0,await this.attempt(async()=>{const{data:s}=await this.ctx.api.post(this.path,{keepPreviousMinutes:t});this.secret=s.token,this.copied="",this.ctx.say(this.words.madeTitle),this.changed()}),this.busy=!1,await this.updateComplete,this.renderRoot.querySelector("#token")?.focus())}async withdraw(){const{words:t}=this;await this.confirm.ask(t.withdrawTitle,t.withdrawText,t.withdraw)&&(await this.attempt(async()=>{await this.ctx.api.delete(this.path),this.secret="",this.ctx.say(t.withdrawn),this.changed()}),await this.updateComplete,this.renderRoot.querySelector("#token")?.focus())}changed(){this.dispatchEvent(new CustomEvent("token-changed"))}async copy(){const t=await E(this.secret,this.renderRoot.querySelector("#secret"));this.copied=t==="copied"?this.ctx.kit.copied:this.ctx.kit.copyByHand,this.ctx.say(this.copied)}};p([b({attribute:!1})],d.prototype,"listening",2);p([h()],d.prototype,"secret",2);p([h()],d.prototype,"copied",2);p([h()],d.prototype,"busy",2);p([O("lms-confirm")],d.prototype,"confirm",2);p([O("lms-keep-old")],d.prototype,"keepOld",2);d=p([$("lms-listening-token")],d);var it=Object.getOwnPropertyDescriptor,ot=(t,s,e,i)=>{for(var a=i>1?void 0:i?it(s,e):s,o=t.length-1,n;o>=0;o--)(n=t[o])&&(a=n(a)||a);return a};let j=class extends f{async load(t){const s=u(this.organization,this.connection),[e,i]=await Promise.all([this.ctx.api.get(`${s}/listening`,{signal:t}),this.ctx.api.get(`${s}/openapi.json`,{signal:t})]);return{listening:e.data,document:i.data}}whole(t){return new URL(this.ctx.api.url(t),location.href).href}draw({listening:t,document:s}){const{words:e,ctx:i,organization:a,connection:o}=this,{routes:n}=t;return r`<div class="stack">
      ${this.of.enabled?l:P("minus","warn",e.disabledTitle,e.disabledListen)}
      ${this.problem?w(i,this.problem):l}
      ${n.length===0?l:r`<section class="panel" aria-labelledby="addresses">
            <div class="panel-head"><div><h2 id="addresses">${e.addressesTitle}</h2><p>${e.addressesLead}</p></div></div>
            <ul class="rows">${n.map(k=>this.route(k,s))}</ul>
            <div class="foot-acts ways">
              <button class="btn small" type="button" @click=${()=>void this.saveDocument()}>${c("down","s")}${e.document}</button>
            </div>
          </section>`}
      <lms-listening-token .ctx=${i} .organization=${a} .connection=${o} .listening=${t} @token-changed=${()=>void this.refresh()}></lms-listening-token>
      ${n.length===0?l:r`<lms-requests .ctx=${i} .organization=${a} .connection=${o} .of=${this.of} .routes=${n}></lms-requests>`}
    </div>`}route(t,s){const{words:e}=this,i=t.title||t.name,a=this.whole(t.address),o=K(s,t),n=W(o?.method??(t.method==="any"?"POST":t.method),a,t.format,o?.example??"");return r`<li>
      <p class="name">${i}</p>
      <p class="state"><span class="chip">${e.methods[t.method]}</span> <span class="chip">${e.formats[t.format]}</span> ${t.enabled?l:r`<span class="badge">${c("minus")}${e.off}</span>`}</p>
      <div class="copy-line">
        <code>${a}</code>
        <button class="btn small" type="button" aria-label=${e.copyAddress(i)} @click=${()=>void this.copy(a)}>${c("copy","s")}${e.copy}</button>
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
    </li>`}async copy(t){const s=await E(t);this.ctx.say(s==="copied"?this.ctx.kit.copied:this.ctx.kit.copyByHand)}async saveDocument(){await this.attempt(async()=>{const{blob:t}=await this.ctx.api.download(`${u(this.organization,this.connection)}/openapi.json`);V(t,`${this.connection}-openapi.json`)})}};j=ot([$("lms-listening")],j);var nt=Object.defineProperty,rt=Object.getOwnPropertyDescriptor,L=(t,s,e,i)=>{for(var a=i>1?void 0:i?rt(s,e):s,o=t.length-1,n;o>=0;o--)(n=t[o])&&(a=(i?n(s,e,a):n(a))||a);return i&&a&&nt(s,e,a),a};let _=class extends B{constructor(){super(...arguments),this.of=null,this.loadedFor=""}willUpdate(t){super.willUpdate(t);const s=`${this.organization}|${this.connection}`;this.loadedFor===s&&!t.has("changes")||(this.loadedFor!==s&&(this.of=null),this.loadedFor=s,this.load())}async load(){const{loadedFor:t}=this;await this.attempt(async()=>{const{data:s}=await this.ctx.api.get(u(this.organization,this.connection));this.loadedFor===t&&(this.of=s)})}render(){const{ctx:t,organization:s,connection:e,changes:i,of:a}=this;return this.problem?w(t,this.problem,()=>void this.load()):a?a.kind==="listen"?r`<lms-listening .ctx=${t} .organization=${s} .connection=${e} .changes=${i} .of=${a}></lms-listening>`:a.kind==="files"?r`<lms-brought-files .ctx=${t} .organization=${s} .connection=${e} .changes=${i} .of=${a}></lms-brought-files>`:l:N(t)}};L([h()],_.prototype,"of",2);_=L([$("lms-arrivals")],_);export{_ as Arrivals};
