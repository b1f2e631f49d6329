import{m as g,e as b,q as c,h as l,a as n,b as h,u as w,p,v as $,f as v,x as d,t as x}from"./shell.js";import{F as y}from"./host-form-view.js";import{o as N,a as f,i as j,p as z}from"./host-participation.js";var E=Object.getOwnPropertyDescriptor,O=(i,t,e,s)=>{for(var a=s>1?void 0:s?E(t,e):t,r=i.length-1,o;r>=0;r--)(o=i[r])&&(a=o(a)||a);return a};const k={id:"",legalName:"",fullName:"",tariff:"professional",participation:[],projects:[],timeZone:"Europe/Moscow",activityBase:"",responsibleName:"",responsiblePhone:"",responsibleEmail:"",corporateEmail:"",version:0};let u=class extends y{constructor(){super(k)}get words(){return N[this.ctx.language]}get isNew(){return this.organization===""}get resource(){return`/api/v1/organizations/${this.organization}`}forbidden(){const{session:i}=this.ctx;return i.serverAdmin||!this.isNew&&g(i,this.organization,"organization-admin")?"":this.shell.forbiddenRole(this.shell.roles["organization-admin"])}key(){return`edit ${this.organization}`}async load(i){const t=await b(this.ctx.api,"/api/v1/projects",{signal:i});return await this.read(i),{projects:t}}wayHere(){return this.isNew?c(this.words.list,l("server","organizations"),this.words.newTitle):c(this.shell.views.organization,l("org",this.organization),this.shell.edit)}heading(){return this.isNew?this.words.newTitle:this.words.editTitle}lead(){return this.isNew?h`<p class="lead">${this.words.newLead}</p>`:n}draw({projects:i}){const{words:t,typed:e}=this,s=this.ctx.session.serverAdmin,a=f(i);return h`${this.conflictNote(t.conflictTitle,t.conflict)}
      <form class="panel" @submit=${r=>this.save(r,()=>this.send())} novalidate>
        <div class="panel-body alone form">
          <fieldset>
            <legend>${t.main}</legend>
            ${this.isNew?this.text("id",t.id,{hint:t.idHint,mono:!0}):n}
            ${this.text("legalName",t.legalName,{hint:t.legalNameHint})} ${this.text("fullName",t.fullName,{optional:t.optional})}
            ${w(this.ctx,{id:"tariff",label:t.tariff,value:e.tariff,options:$.map(r=>[r,this.shell.tariffs[r]]),disabled:!s,hint:s?void 0:t.tariffHint,problem:p(this.problem,"/tariff"),theirs:this.theirs.tariff&&this.shell.tariffs[this.theirs.tariff],onInput:r=>this.set({tariff:r})})}
            ${a.map(r=>this.flag(r))}
            ${i.length?this.projectChoice(i,s):n}
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
          ${this.refusal()}
          <div class="form-foot">
            <button class="btn primary" type="submit" aria-busy=${this.busy?"true":n}>${this.isNew?t.create:this.shell.save}</button>
            <a class="btn" href=${this.isNew?l("server","organizations"):l("org",this.organization)}>${this.ctx.kit.cancel}</a>
            ${this.wrongFields?h`<span class="status bad-text">${this.shell.wrongFields(this.ctx.locale.count(this.wrongFields,this.shell.fieldForms))}</span>`:n}
          </div>
        </div>
      </form>`}text(i,t,e={}){return v(this.ctx,{id:i,label:t,value:this.typed[i],problem:p(this.problem,`/${i}`),theirs:this.theirs[i],onInput:s=>this.set({[i]:s}),...e})}flag(i){const{words:t,typed:e}=this,s=j(i,e.tariff),a=this.list(i.tariffs.map(o=>`«${this.shell.tariffs[o]}»`),s?t.and:t.or),r=s?i.tariffs.length?t.offeredOn(a):void 0:t.notOffered(this.shell.tariffs[e.tariff],a);return d(this.ctx,{id:`flag-${i.flag}`,label:i.title,checked:s&&e.participation.includes(i.flag),disabled:!s,hint:!s&&e.participation.includes(i.flag)?`${r} ${t.leavesOffer}`:r,problem:p(this.problem,"/participation"),theirs:this.theirs.participation&&(this.theirs.participation.includes(i.flag)?t.marked:t.isNotParticipant),onChange:o=>this.set({participation:m(e.participation,i.flag,o)})})}projectChoice(i,t){const{words:e,typed:s}=this;return t?h`<fieldset class="choices">
      <legend class="sub">${e.projects}</legend>
      ${i.map(a=>d(this.ctx,{id:`project-${a.id}`,label:a.title,checked:s.projects.includes(a.id),theirs:this.theirs.projects&&(this.theirs.projects.includes(a.id)?e.marked:e.isNotParticipant),onChange:r=>this.set({projects:m(s.projects,a.id,r)})}))}
    </fieldset>`:h`<div class="field">
        <p class="label">${e.projects}</p>
        <p>${i.filter(a=>s.projects.includes(a.id)).map(a=>a.title).join(", ")||this.shell.unknown}</p>
        <p class="hint">${e.projectsHint}</p>
      </div>`}list(i,t){return i.length<2?i.join(""):`${i.slice(0,-1).join(", ")} ${t} ${i.at(-1)}`}async send(){const i={...this.typed,participation:z(this.typed,f(this.data.projects))},{data:t}=this.isNew?await this.ctx.api.post("/api/v1/organizations",H(i)):await this.ctx.api.put(this.resource,i,{ifMatch:this.etag});this.ctx.organizationChanged(t),this.ctx.say(this.words.savedText),this.ctx.go(l("org",t.id))}};u=O([x("lms-organization-edit")],u);function m(i,t,e){return e?[...new Set([...i,t])].sort():i.filter(s=>s!==t)}function H({version:i,...t}){return t}export{u as OrganizationEdit};
