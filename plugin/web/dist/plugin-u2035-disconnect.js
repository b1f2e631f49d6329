import{P as f,o as v,f as b,A as r,i as d,b as h,g,a as $,r as m,n as p,d as u,t as w}from"./u2035.js";import{I as x,c as k,a as R,w as E}from"./plugin-wizard.js";import{t as P}from"./plugin-texts.js";var C=Object.defineProperty,_=Object.getOwnPropertyDescriptor,l=(s,t,n,o)=>{for(var e=o>1?void 0:o?_(t,n):t,c=s.length-1,i;c>=0;c--)(i=s[c])&&(e=(o?i(t,n,e):i(e))||e);return o&&e&&C(t,n,e),e};let a=class extends f{constructor(){super(...arguments),this.canReplace=!1,this.counts=null,this.busy=!1,this.problem=null,this.conflict=!1,this.version=0,this.wantsReplace=!1}get words(){return P[this.ctx.language]}get dialog(){return this.renderRoot.querySelector("dialog")}firstUpdated(){this.version=this.card.version,this.dialog.showModal(),this.renderRoot.querySelector(".cancel").focus(),this.count()}async count(){const s=`${v(this.ctx.organization)}/u2035/stores`;try{const{data:t}=await this.ctx.api.get(s,{query:{project:this.card.project}});this.counts=t.items.find(n=>n.closedAt===null)?.counts??null}catch{}}async disconnect(){if(!this.busy){this.busy=!0,this.problem=null,this.conflict=!1;try{await new x(this.ctx.api,this.ctx.organization,this.card.project).disconnect(this.version),this.dialog.close(),this.dispatchEvent(new CustomEvent("disconnected"))}catch(s){const t=k(s);s instanceof b&&s.status===412&&R(t)?(this.version=t.version,this.conflict=!0,this.dispatchEvent(new CustomEvent("changed"))):this.problem=s}finally{this.busy=!1}}}render(){const{ctx:s,words:t,card:n,counts:o}=this,e=i=>s.locale.count(i,t.records),c=(i,y)=>h`<li>${d(i,"s")}<span>${y}</span></li>`;return h`<dialog
      class="dialog"
      role="alertdialog"
      aria-labelledby="off-title"
      aria-describedby="off-lead"
      @close=${()=>this.dispatchEvent(new CustomEvent(this.wantsReplace?"replace":"closed"))}
    >
      <div class="dialog-head"><span class="sign">${d("alert","l")}</span><div><h2 id="off-title">${t.disconnectTitle(n.title)}</h2><p id="off-lead">${t.disconnectLead}</p></div></div>
      <div class="dialog-body">
        <div class="ledger2">
          <div><h3 class="bad-text">${t.goes}</h3><ul class="ticks goes">${t.goesList.map(i=>c("x",i))}</ul></div>
          <div>
            <h3 class="ok-text">${t.stays}</h3>
            <ul class="ticks stays">
              ${c("check",t.staysDelivered)}
              ${c("check",o?t.staysWaiting(e(o.waiting),e(o.quarantined)):t.staysQueue)}
              ${c("check",t.staysJournal)}
            </ul>
          </div>
        </div>
        <p class="small muted">${t.nightStops}</p>
        ${this.canReplace?h`<div class="note now">${d("key")}<p>${t.onlyKey} <button class="as-link" type="button" @click=${()=>this.replace()}>${t.onlyKeyDo}</button>: ${t.onlyKeyText}</p></div>`:r}
        ${this.conflict?h`<div class="note warn" role="alert">${d("users")}<p>${t.changedMeanwhile}</p></div>`:r}
        ${this.problem?g(s,this.problem):r}
      </div>
      <div class="dialog-foot">
        <button class="btn cancel" type="button" @click=${()=>this.dialog.close()}>${s.kit.cancel}</button>
        <button class="btn danger" type="button" aria-busy=${this.busy?"true":r} @click=${()=>void this.disconnect()}>${this.busy?t.disconnecting:t.disconnect}</button>
      </div>
    </dialog>`}replace(){this.wantsReplace=!0,this.dialog.close()}};a.styles=[$,m(E)];l([p({attribute:!1})],a.prototype,"card",2);l([p({type:Boolean})],a.prototype,"canReplace",2);l([u()],a.prototype,"counts",2);l([u()],a.prototype,"busy",2);l([u()],a.prototype,"problem",2);l([u()],a.prototype,"conflict",2);a=l([w("u2035-disconnect")],a);export{a as U2035Disconnect};
