import{V as f,q as x,h as p,a as d,j as u,b as m,A as b,f as y,p as h,x as v,r as $,c as k,d as n,t as w}from"./shell.js";import{c as g}from"./host-clipboard.js";import{s as A,e as T,t as D}from"./host-people.js";import"./host-roles-field.js";import{p as H}from"./host-texts.js";var C=Object.defineProperty,O=Object.getOwnPropertyDescriptor,o=(e,a,t,i)=>{for(var r=i>1?void 0:i?O(a,t):a,c=e.length-1,l;c>=0;c--)(l=e[c])&&(r=(i?l(a,t,r):l(r))||r);return i&&r&&C(a,t,r),r};const S=24*3600*1e3;let s=class extends f{constructor(){super(...arguments),this.name="",this.roles=[],this.scopes=["read"],this.serverAdmin=!1,this.until="",this.problem=null,this.busy=!1,this.secret="",this.copied=""}get words(){return H[this.ctx.language]}key(){return"token"}forbidden(){return this.ctx.session.serverAdmin?"":this.shell.forbiddenServer}async load(){return this.until||=this.ctx.locale.dateKey(new Date(Date.now()+90*S)),!0}wayHere(){return x(this.words.tokens,p("server","tokens"),this.heading())}heading(){return this.words.newTokenTitle}disconnectedCallback(){super.disconnectedCallback(),this.secret=""}draw(){return this.secret?this.shown():this.form()}shown(){const{words:e}=this;return m`<div class="note ok">
      ${u("okc")}
      <div>
        <h2 class="note-head" tabindex="-1">${e.tokenMadeTitle}</h2>
        <p>${e.tokenMadeText}</p>
        <div class="once">
          <code id="secret">${this.secret}</code>
          <button class="btn primary" type="button" @click=${()=>void this.copySecret()}>${u("copy")}${e.copyToken}</button>
        </div>
        ${this.copied?m`<p class="small">${this.copied}</p>`:d}
        <div class="btns"><a class="btn" href=${p("server","tokens")}>${e.tokenDone}</a></div>
      </div>
    </div>`}form(){const{words:e}=this,a=this.problem instanceof b&&!!this.problem.problem.errors?.length;return m`<form class="panel" @submit=${this.submit} novalidate>
      <div class="panel-body alone form">
        ${y(this.ctx,{id:"name",label:e.tokenName,hint:e.tokenNameHint,value:this.name,problem:h(this.problem,"/name"),onInput:t=>this.name=t})}
        <lms-roles-field .ctx=${this.ctx} .none=${e.tokenNoRoles} .value=${this.roles} .problem=${h(this.problem,"/roles")} @roles-changed=${t=>this.roles=t.detail}></lms-roles-field>
        <fieldset class="choices">
          <legend class="sub">${e.scopesHead}</legend>
          <p class="hint">${e.scopesHint}</p>
          ${A.map(t=>v(this.ctx,{id:`scope-${t}`,label:e.scopesText[t][0],hint:e.scopesText[t][1]||void 0,checked:this.scopes.includes(t),problem:t==="full"?h(this.problem,"/scopes"):void 0,onChange:i=>this.scopes=D(this.scopes,t,i)}))}
        </fieldset>
        ${v(this.ctx,{id:"server-admin",label:e.serverAdmin,hint:e.serverAdminHint,checked:this.serverAdmin,onChange:t=>this.serverAdmin=t})}
        ${y(this.ctx,{id:"until",label:e.expires,hint:e.expiresHint,type:"date",value:this.until,min:this.ctx.locale.dateKey(new Date),problem:h(this.problem,"/expiresAt"),onInput:t=>this.until=t})}
        ${this.problem&&!a?$(this.ctx,this.problem):d}
        <div class="form-foot">
          <button class="btn primary" type="submit" aria-busy=${this.busy?"true":d}>${e.createToken}</button>
          <a class="btn" href=${p("server","tokens")}>${this.ctx.kit.cancel}</a>
        </div>
      </div>
    </form>`}async submit(e){if(e.preventDefault(),this.busy)return;this.busy=!0,this.problem=null;const{name:a,roles:t,scopes:i,serverAdmin:r}=this,c={name:a,roles:t,scopes:i,serverAdmin:r,...this.until?{expiresAt:T(this.until,this.ctx.locale.zone)}:{}};try{if(i.length===0)throw new b({status:422,code:"validation",detail:"",errors:[{pointer:"/scopes",reason:"is empty"}]});const{data:l}=await this.ctx.api.post("/api/v1/tokens",c);this.secret=l.token??"",this.ctx.say(this.words.tokenMadeTitle)}catch(l){this.problem=l}this.busy=!1,await this.updateComplete,this.secret?this.renderRoot.querySelector(".note-head")?.focus():k(this.renderRoot)}async copySecret(){const e=await g(this.secret,this.renderRoot.querySelector("#secret"));this.copied=e==="copied"?this.ctx.kit.copied:this.ctx.kit.copyByHand,this.ctx.say(this.copied)}};o([n()],s.prototype,"name",2);o([n()],s.prototype,"roles",2);o([n()],s.prototype,"scopes",2);o([n()],s.prototype,"serverAdmin",2);o([n()],s.prototype,"until",2);o([n()],s.prototype,"problem",2);o([n()],s.prototype,"busy",2);o([n()],s.prototype,"secret",2);o([n()],s.prototype,"copied",2);s=o([w("lms-token")],s);export{s as TokenView};
