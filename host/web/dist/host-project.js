import{q as u,h as c,a as p,b as d,f,p as j,t as w}from"./shell.js";import{F as v}from"./host-form-view.js";import{s as m}from"./host-texts2.js";var b=Object.getOwnPropertyDescriptor,$=(t,r,s,e)=>{for(var i=e>1?void 0:e?b(r,s):r,o=t.length-1,a;o>=0;o--)(a=t[o])&&(i=a(i)||i);return i};const y={id:"",title:"",profile:"",projectValue:"",version:0};let n=class extends v{constructor(){super(y)}get words(){return m[this.ctx.language]}get isNew(){return this.path==="new"}get resource(){return`/api/v1/projects/${encodeURIComponent(this.path)}`}key(){return`project ${this.path}`}wayHere(){return u(this.words.projects,c("server","projects"),this.heading())}heading(){return this.isNew?this.words.newProject:this.known.title||this.path}async load(t){return await this.read(t),!0}draw(){const{words:t,typed:r}=this,s=(e,i,o,a=!1,l)=>f(this.ctx,{id:e,label:i,hint:o,mono:a,optional:l,value:r[e],problem:j(this.problem,`/${e}`),onInput:h=>this.set({[e]:h})});return d`${this.conflictNote(t.projectConflictTitle,t.projectConflict)}
      <form class="panel" @submit=${e=>this.save(e,()=>this.send())} novalidate>
        <div class="panel-body alone form">
          ${this.isNew?s("id",t.projectId,t.projectIdHint,!0):p} ${s("title",t.projectTitle,t.projectTitleHint)}
          ${s("profile",t.profile,t.profileHint,!0)} ${s("projectValue",t.projectValue,t.projectValueHint,!1,t.optional)}
          ${this.refusal()}
          <div class="form-foot">
            <button class="btn primary" type="submit" aria-busy=${this.busy?"true":p}>${this.isNew?t.create:this.shell.save}</button>
            <a class="btn" href=${c("server","projects")}>${this.ctx.kit.cancel}</a>
          </div>
        </div>
      </form>`}async send(){const{id:t,title:r,profile:s,projectValue:e}=this.typed;this.isNew?await this.ctx.api.post("/api/v1/projects",{id:t,title:r,profile:s,projectValue:e}):await this.ctx.api.put(this.resource,{title:r,profile:s,projectValue:e},{ifMatch:this.etag}),this.ctx.say(this.words.projectSaved(r)),this.ctx.go(c("server","projects"))}};n=$([w("lms-project")],n);export{n as ProjectView};
