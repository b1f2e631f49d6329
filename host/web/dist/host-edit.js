import{V as v,m as $,e as x,k as u,h as c,a as n,b as h,A as m,j as N,o as z,p as f,q as j,r as O,f as k,u as g,c as E,v as P,w as H,d,t as T}from"./shell.js";import{o as C,a as b,i as _,p as B}from"./host-participation.js";var A=Object.defineProperty,F=Object.getOwnPropertyDescriptor,p=(i,t,s,e)=>{for(var a=e>1?void 0:e?F(t,s):t,o=i.length-1,r;o>=0;o--)(r=i[o])&&(a=(e?r(t,s,a):r(a))||a);return e&&a&&A(t,s,a),a};const w={id:"",legalName:"",fullName:"",tariff:"professional",participation:[],projects:[],timeZone:"Europe/Moscow",activityBase:"",responsibleName:"",responsiblePhone:"",responsibleEmail:"",corporateEmail:"",version:0};let l=class extends v{constructor(){super(...arguments),this.typed=w,this.theirs={},this.problem=null,this.busy=!1,this.conflict=!1,this.known=w,this.etag=""}get words(){return C[this.ctx.language]}get isNew(){return this.organization===""}forbidden(){const{session:i}=this.ctx;return i.serverAdmin||!this.isNew&&$(i,this.organization,"organization-admin")?"":this.shell.forbiddenRole(this.shell.roles["organization-admin"])}key(){return`edit ${this.organization}`}async load(i){const t=await x(this.ctx.api,"/api/v1/projects",{signal:i});if(!this.isNew){const{data:s,etag:e}=await this.ctx.api.get(`/api/v1/organizations/${this.organization}`,{signal:i});this.etag=e,this.known=this.typed=s}return{projects:t}}wayHere(){return this.isNew?u(this.words.list,c("server","organizations"),this.words.newTitle):u(this.shell.views.organization,c("org",this.organization),this.shell.edit)}heading(){return this.isNew?this.words.newTitle:this.words.editTitle}lead(){return this.isNew?h`<p class="lead">${this.words.newLead}</p>`:n}draw({projects:i}){const{words:t,typed:s}=this,e=this.ctx.session.serverAdmin,a=b(i,t.participant),o=this.problem instanceof m&&!!this.problem.problem.errors?.length;return h`${this.conflict?h`<div class="note warn" role="alert">${N("alert")}<div><h2 class="note-head">${t.conflictTitle}</h2><p>${t.conflict}</p></div></div>`:n}
      <form class="panel" @submit=${this.submit} novalidate>
        <div class="panel-body alone form">
          <fieldset>
            <legend>${t.main}</legend>
            ${this.isNew?this.text("id",t.id,{hint:t.idHint,mono:!0}):n}
            ${this.text("legalName",t.legalName,{hint:t.legalNameHint})} ${this.text("fullName",t.fullName,{optional:t.optional})}
            ${z(this.ctx,{id:"tariff",label:t.tariff,value:s.tariff,options:j.map(r=>[r,this.shell.tariffs[r]]),disabled:!e,hint:e?void 0:t.tariffHint,problem:f(this.problem,"/tariff"),theirs:this.theirs.tariff&&this.shell.tariffs[this.theirs.tariff],onInput:r=>this.set({tariff:r})})}
            ${a.map(r=>this.flag(r))}
            ${i.length?this.projectChoice(i,e):n}
            ${this.isNew?this.text("activityBase",t.activityBase,{hint:t.activityBaseNewHint,type:"url",mono:!0}):n}
            ${this.text("timeZone",t.timeZone,{hint:t.timeZoneHint})}
          </fieldset>
          <hr class="rule" />
          <fieldset>
            <legend>${t.responsible}</legend>
            ${this.text("responsibleName",t.responsibleName,{optional:t.optional})}
            ${this.text("responsiblePhone",t.responsiblePhone,{type:"tel",optional:t.optional})}
            ${this.text("responsibleEmail",t.responsibleEmail,{type:"email",optional:t.optional})}
            ${this.text("corporateEmail",t.corporateEmail,{type:"email",hint:t.corporateEmailHint,optional:t.optional})}
          </fieldset>
          ${this.problem&&!o?O(this.ctx,this.problem):n}
          <div class="form-foot">
            <button class="btn primary" type="submit" aria-busy=${this.busy?"true":n}>${this.isNew?t.create:this.shell.save}</button>
            <a class="btn" href=${this.isNew?c("server","organizations"):c("org",this.organization)}>${this.ctx.kit.cancel}</a>
            ${o?h`<span class="status bad-text">${this.shell.wrongFields(this.ctx.locale.count(this.problem.problem.errors.length,this.shell.fieldForms))}</span>`:n}
          </div>
        </div>
      </form>`}text(i,t,s={}){return k(this.ctx,{id:i,label:t,value:this.typed[i],problem:f(this.problem,`/${i}`),theirs:this.theirs[i],onInput:e=>this.set({[i]:e}),...s})}flag(i){const{words:t,typed:s}=this,e=_(i,s.tariff),a=this.list(i.tariffs.map(r=>`«${this.shell.tariffs[r]}»`),e?t.and:t.or),o=e?i.tariffs.length?t.offeredOn(a):void 0:t.notOffered(this.shell.tariffs[s.tariff],a);return g(this.ctx,{id:`flag-${i.flag}`,label:i.title,checked:e&&s.participation.includes(i.flag),disabled:!e,hint:!e&&s.participation.includes(i.flag)?`${o} ${t.leavesOffer}`:o,problem:f(this.problem,"/participation"),theirs:this.theirs.participation&&(this.theirs.participation.includes(i.flag)?t.marked:t.isNotParticipant),onChange:r=>this.set({participation:y(s.participation,i.flag,r)})})}projectChoice(i,t){const{words:s,typed:e}=this;return t?h`<fieldset class="choices">
      <legend class="sub">${s.projects}</legend>
      ${i.map(a=>g(this.ctx,{id:`project-${a.id}`,label:a.title,checked:e.projects.includes(a.id),theirs:this.theirs.projects&&(this.theirs.projects.includes(a.id)?s.marked:s.isNotParticipant),onChange:o=>this.set({projects:y(e.projects,a.id,o)})}))}
    </fieldset>`:h`<div class="field">
        <p class="label">${s.projects}</p>
        <p>${i.filter(a=>e.projects.includes(a.id)).map(a=>a.title).join(", ")||this.shell.unknown}</p>
        <p class="hint">${s.projectsHint}</p>
      </div>`}list(i,t){return i.length<2?i.join(""):`${i.slice(0,-1).join(", ")} ${t} ${i.at(-1)}`}set(i){this.typed={...this.typed,...i}}async submit(i){if(i.preventDefault(),this.busy||!this.data)return;this.busy=!0,this.problem=null,this.conflict=!1;const t={...this.typed,participation:B(this.typed,b(this.data.projects,this.words.participant))};try{const{data:s}=this.isNew?await this.ctx.api.post("/api/v1/organizations",Z(t)):await this.ctx.api.put(`/api/v1/organizations/${this.organization}`,t,{ifMatch:this.etag});this.ctx.organizationChanged(s),this.ctx.say(this.words.savedText),this.ctx.go(c("org",s.id));return}catch(s){s instanceof m&&s.status===412?await this.showTheirs():this.problem=s}finally{this.busy=!1}await this.updateComplete,E(this.renderRoot)}async showTheirs(){try{const{data:i,etag:t}=await this.ctx.api.get(`/api/v1/organizations/${this.organization}`),s=P(this.known,i,this.typed);s.version=i.version,this.theirs=H(this.known,i,s),this.typed=s,this.known=i,this.etag=t,this.conflict=!0}catch(i){this.problem=i}}};p([d()],l.prototype,"typed",2);p([d()],l.prototype,"theirs",2);p([d()],l.prototype,"problem",2);p([d()],l.prototype,"busy",2);p([d()],l.prototype,"conflict",2);l=p([T("lms-organization-edit")],l);function y(i,t,s){return s?[...new Set([...i,t])].sort():i.filter(e=>e!==t)}function Z({version:i,...t}){return t}export{l as OrganizationEdit};
