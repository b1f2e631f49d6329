import{f as g,b as d,A as r,i as u,g as v,r as b,d as h,t as m}from"./u2035.js";import{e as f}from"./plugin-query.js";import{m as y}from"./plugin-until.js";import{p as w}from"./plugin-session.js";import{L as $,c as x}from"./plugin-list-part.js";import{joinMarks as I}from"./plugin-joins.js";import{t as c,s as k}from"./plugin-u2035-sso-views.js";import"./plugin-directive-helpers.js";import"./plugin-long-list.js";import"./plugin-clipboard.js";import"./plugin-line.js";import"./plugin-rows.js";import"./plugin-types.js";import"./plugin-later.js";var j=Object.defineProperty,L=Object.getOwnPropertyDescriptor,l=(t,s,a,i)=>{for(var e=i>1?void 0:i?L(s,a):s,n=t.length-1,p;n>=0;n--)(p=t[n])&&(e=(i?p(s,a,e):p(e))||e);return i&&e&&j(s,a,e),e};let o=class extends ${constructor(){super(...arguments),this.join=null,this.asking="accept",this.busy=!1,this.wrong=null,this.changed=!1,this.done=null,this.etag=""}get forbidden(){return c[this.ctx.language].forbidden}get address(){return`${this.base}/sso/joins/${encodeURIComponent(this.path)}`}async fetch(t){this.take(await this.ctx.api.get(this.address,{signal:t}))}take(t){this.join=t.data,this.etag=t.etag}async decide(t){if(this.dialog.close(),this.busy)return;this.busy=!0,this.wrong=this.done=null,this.changed=!1;const{api:s}=this.ctx,a=c[this.ctx.language];try{this.take(t==="unlink"?await s.post(`${this.address}/undo`,{},{ifMatch:this.etag}):await s.post(`${this.address}/decide`,{decision:t},{ifMatch:this.etag})),this.done=t,this.ctx.say(a.done[t]),this.dispatchEvent(new CustomEvent("decided"))}catch(i){i instanceof g&&(i.status===412||i.code==="sso.learner-changed"||i.code==="sso.not-waiting")?(this.changed=!0,await s.get(this.address).then(e=>this.take(e),e=>this.wrong=e)):this.wrong=i}this.busy=!1,await this.updateComplete,this.renderRoot.querySelector(".told")?.focus()}render(){const t=c[this.ctx.language],{join:s}=this;return d`${x(this.ctx,t.crumbs,[{path:"joins",title:t.tab.joins},{title:s?s.name||s.learnerExternalId||t.noName:this.path}])} ${this.body(()=>this.view(s))}`}view(t){const s=c[this.ctx.language],{locale:a}=this.ctx,{tone:i,mark:e}=I[t.state];return d`${this.done?d`<div class="note ok told" tabindex="-1">${u("okc")}<p>${s.done[this.done]}</p></div>`:r}
      ${this.changed?d`<div class="note warn told" tabindex="-1" role="alert">${u("users")}<p>${s.joinChanged}</p></div>`:r}
      ${this.wrong?d`<div class="told" tabindex="-1">${v(this.ctx,this.wrong)}</div>`:r}
      <section class="panel" aria-labelledby="who">
        <div class="panel-head">
          <h2 id="who">${t.name||t.learnerExternalId||s.noName}</h2>
          <span class="badge ${i}">${u(e)}${s.joinOne[t.state]}</span>
          <p class="muted small">${s.signedIn(a.moment(t.createdAt))}. ${s.contours[t.contour]}.
            ${t.decidedAt?y(w(this.ctx.api,t.decidedBy).then(n=>s.decided(s.joinOne[t.state],n,a.moment(t.decidedAt))),r):r}</p>
        </div>
        <div class="panel-body">
          ${t.reason?d`<div class="note warn">${u("alert")}<div><p class="note-head" id="why">${t.reason}</p><p>${t.fix}</p></div></div>`:r}
          <div class="two-sides">${this.ours(t)}${this.theirs(t)}</div>
          ${this.acts(t)}
        </div>
      </section>
      ${this.ask(t)}`}ours(t){const s=c[this.ctx.language];return d`<section aria-labelledby="ours">
      <div><h3 id="ours">${s.ours}</h3><p class="caption">${s.beforeJoin}</p></div>
      <dl class="facts">
        <dt>${s.name}</dt><dd>${t.name||s.none}</dd>
        <dt>${s.ownId}</dt><dd><code>${t.learnerExternalId||s.none}</code></dd>
        <dt>${s.untiId}</dt><dd>${this.value(t.previous,t.previous!==""&&t.previous!==t.untiId)}</dd>
        <dt>${s.leader}</dt><dd>${this.value(t.previousLeaderId,t.previousLeaderId!==""&&t.leaderId!==""&&t.previousLeaderId!==t.leaderId)}</dd>
      </dl>
    </section>`}theirs(t){const s=c[this.ctx.language];return d`<section aria-labelledby="theirs">
      <h3 id="theirs">${s.theirs}</h3>
      <dl class="facts">
        <dt>${s.untiId}</dt><dd>${this.value(t.untiId,t.previous!==""&&t.previous!==t.untiId)}</dd>
        <dt>${s.leader}</dt><dd>${this.value(t.leaderId,t.previousLeaderId!==""&&t.leaderId!==""&&t.previousLeaderId!==t.leaderId)}${t.contour==="test"&&t.leaderId?d` <span class="faint">${s.testLeader}</span>`:r}</dd>
      </dl>
      <p class="caption">${s.theirsNote}</p>
    </section>`}value(t,s){return d`<b class=${s?"differs":""}>${t||c[this.ctx.language].none}</b>`}acts(t){const s=c[this.ctx.language],a=e=>e==="accept"&&t.code==="learner-gone",i=(e,n)=>d`<button class="btn ${n}" type="button" data-act=${e} aria-disabled=${a(e)?"true":r} aria-describedby=${a(e)?"why":r} aria-busy=${this.busy&&this.asking===e?"true":r} @click=${()=>a(e)?this.ctx.say(t.reason,!0):void this.open(e)}>${s[e]}</button>`;return t.state==="waiting"?d`<div class="btns">${i("accept","primary")}${i("dismiss","danger-quiet")}</div>`:t.state==="joined"?d`<div class="btns">${i("unlink","danger-quiet")}</div>`:r}async open(t){this.asking=t,await this.updateComplete,this.dialog.showModal(),this.renderRoot.querySelector("#cancel").focus()}ask(t){const s=c[this.ctx.language],{asking:a}=this,i=a==="accept",e={accept:s.acceptTitle,dismiss:s.dismissTitle,unlink:s.unlinkTitle}[a],n=i&&t.contour==="production"&&t.leaderId!==""&&t.leaderId!==t.previousLeaderId,p={accept:s.acceptMeans(t.previous,t.untiId),dismiss:s.dismissMeans,unlink:s.unlinkMeans(t.previous)}[a];return d`<dialog role="alertdialog" aria-labelledby="ask" aria-describedby="means">
      <div class="dialog">
        <div class="dialog-head"><span class="sign ${i?"now":""}" aria-hidden="true">${u(i?"check":"alert")}</span>
          <div><h2 id="ask">${e}</h2><div id="means"><p>${p}</p>${n?d`<p>${s.acceptLeader(t.previousLeaderId,t.leaderId)}</p>`:r}</div></div></div>
        <div class="dialog-foot">
          <button class="btn" id="cancel" type="button" @click=${()=>this.dialog.close()}>${this.ctx.kit.cancel}</button>
          <button class="btn ${i?"primary":"danger"}" id="order" type="button" @click=${()=>void this.decide(a)}>${s[a]}</button>
        </div>
      </div>
    </dialog>`}};o.styles=[...$.styles,b(k)];l([h()],o.prototype,"join",2);l([h()],o.prototype,"asking",2);l([h()],o.prototype,"busy",2);l([h()],o.prototype,"wrong",2);l([h()],o.prototype,"changed",2);l([h()],o.prototype,"done",2);l([f("dialog")],o.prototype,"dialog",2);o=l([m("u2035-sso-join")],o);export{o as SsoJoin};
