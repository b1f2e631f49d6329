import{V as $,y as m,e as g,b as r,h,j as c,z as v,B as b,a as o,C as f,t as u}from"./shell.js";import{p as w}from"./host-texts.js";var x=Object.getOwnPropertyDescriptor,z=(s,t,e,i)=>{for(var a=i>1?void 0:i?x(t,e):t,n=s.length-1,d;n>=0;n--)(d=s[n])&&(a=d(a)||a);return a};const l="/api/v1/users";let p=class extends ${get words(){return w[this.ctx.language]}forbidden(){return this.ctx.session.serverAdmin?"":this.shell.forbiddenServer}async load(s){return this.organization?{items:(await g(this.ctx.api,l,{signal:s})).filter(e=>e.roles.some(i=>i.organization===this.organization)),next:null}:m(this.ctx,l,{},s)}heading(){return this.words.users}lead(){return r`<p class="lead">${this.organization?this.words.ofOrganizationLead:this.words.usersLead}</p>`}actions(){return r`<div class="btns"><a class="btn primary" href=${h("server","users","new")}>${c("plus")}${this.words.add}</a></div>`}draw(s){const{words:t}=this;return s.items.length===0?v("users",t.noOneTitle,t.noOneText):r`<section class="panel">
      <div class="table-wrap">
        <table class="stackable">
          <thead><tr><th scope="col">${t.person}</th><th scope="col">${this.organization?t.role:t.rolesHead}</th><th scope="col">${t.state}</th><th scope="col">${t.created}</th></tr></thead>
          <tbody>
            ${s.items.map(e=>r`<tr>
                  <td><b><a href=${`${h("server","users")}/${encodeURIComponent(e.login)}`}>${e.name||e.login}</a></b><small class="mono">${e.login}</small></td>
                  <td data-label=${this.organization?t.role:t.rolesHead}>${this.roles(e)}</td>
                  <td data-label=${t.state}>${e.disabled?r`<span class="badge warn">${c("lock")}${t.disabled}</span>`:t.active}</td>
                  <td data-label=${t.created} class="num">${this.ctx.locale.day(e.createdAt)}</td>
                </tr>`)}
          </tbody>
        </table>
      </div>
      ${b(this.ctx,s,()=>void this.more())}
    </section>`}roles(s){const t=s.roles.filter(a=>!this.organization||a.organization===this.organization),e=a=>this.ctx.organizations.find(n=>n.id===a)?.legalName??a,i=a=>r`<div>${this.shell.roles[a.role]}${this.organization?o:r` <span class="faint">${e(a.organization)}</span>`}</div>`;return r`<div>
      ${s.serverAdmin?r`<div>${this.shell.serverAdmin}</div>`:o}
      ${t.map(i)}${!s.serverAdmin&&t.length===0?r`<span class="faint">${this.shell.noRole}</span>`:o}
    </div>`}async more(){try{this.data=await f(this.ctx,l,this.data)}catch(s){this.error=s}}};p=z([u("lms-users")],p);export{p as Users};
