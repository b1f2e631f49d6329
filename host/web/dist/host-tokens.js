import{V as m,y as w,b as r,h as $,j as p,a as n,r as b,z as u,B as v,C as x,d as f,I as y,t as g}from"./shell.js";import"./host-confirm.js";import{p as T}from"./host-texts.js";var A=Object.defineProperty,P=Object.getOwnPropertyDescriptor,h=(s,t,a,i)=>{for(var e=i>1?void 0:i?P(t,a):t,o=s.length-1,l;o>=0;o--)(l=s[o])&&(e=(i?l(t,a,e):l(e))||e);return i&&e&&A(t,a,e),e};const c="/api/v1/tokens";let d=class extends m{constructor(){super(...arguments),this.problem=null}get words(){return T[this.ctx.language]}forbidden(){return this.ctx.session.serverAdmin?"":this.shell.forbiddenServer}load(s){return w(this.ctx,c,{},s)}heading(){return this.words.tokens}lead(){return r`<p class="lead">${this.words.tokensLead}</p>`}actions(){return r`<div class="btns"><a class="btn primary" href=${$("server","tokens","new")}>${p("plus")}${this.words.addToken}</a></div>`}draw(s){const{words:t}=this;return r`${this.problem?b(this.ctx,this.problem):n}
      ${s.items.length===0?u("key",t.noTokensTitle,t.noTokensText):r`<section class="panel">
            <div class="table-wrap">
              <table class="stackable">
                <thead><tr><th scope="col">${t.tokenName}</th><th scope="col">${t.rolesHead}</th><th scope="col">${t.scopesHead}</th><th scope="col">${t.expires}</th><th scope="col">${t.seen}</th><th scope="col"><span class="sr">${t.withdraw}</span></th></tr></thead>
                <tbody>${s.items.map(a=>this.row(a))}</tbody>
              </table>
            </div>
            ${v(this.ctx,s,()=>void this.more())}
          </section>`}
      <lms-confirm .ctx=${this.ctx}></lms-confirm>`}row(s){const{words:t}=this,{locale:a}=this.ctx,i=new Date(s.expiresAt)<new Date;return r`<tr>
      <td><b>${s.name}</b><small>•••• ${s.lastFour}, ${t.of} ${s.createdBy}</small></td>
      <td data-label=${t.rolesHead}>
        <div>
          ${s.serverAdmin?r`<div>${this.shell.serverAdmin}</div>`:n}
          ${s.roles.map(e=>r`<div>${this.shell.roles[e.role]} <span class="faint">${this.ctx.organizations.find(o=>o.id===e.organization)?.legalName??e.organization}</span></div>`)}
        </div>
      </td>
      <td data-label=${t.scopesHead}>${s.scopes.map(e=>t.scopesText[e]?.[0]??e).join(", ")}</td>
      <td data-label=${t.expires}><span><span class="num">${a.day(s.expiresAt)}</span> ${i?r`<span class="badge warn">${p("clock")}${t.expired}</span>`:n}</span></td>
      <td data-label=${t.seen}>${s.seenAt?a.moment(s.seenAt):t.never}</td>
      <td class="act"><button class="btn small danger-quiet" type="button" aria-label="${t.withdraw}: ${s.name}" @click=${()=>void this.withdraw(s)}>${t.withdraw}</button></td>
    </tr>`}async withdraw(s){const{words:t}=this;if(await this.confirm.ask(t.withdrawTitle(s.name),t.withdrawText,t.withdraw)){this.problem=null;try{await this.ctx.api.delete(`${c}/${encodeURIComponent(s.id)}`),this.data={...this.data,items:this.data.items.filter(a=>a.id!==s.id)},this.ctx.say(t.withdrawn(s.name)),await this.updateComplete,this.renderRoot.querySelector("h1")?.focus()}catch(a){this.problem=a}}}async more(){try{this.data=await x(this.ctx,c,this.data)}catch(s){this.problem=s}}};h([f()],d.prototype,"problem",2);h([y("lms-confirm")],d.prototype,"confirm",2);d=h([g("lms-tokens")],d);export{d as Tokens};
