import{V as h,y as g,b as e,h as l,j as p,z as f,B as m,C as $,t as b}from"./shell.js";import{s as u}from"./host-texts2.js";var v=Object.getOwnPropertyDescriptor,w=(t,a,s,o)=>{for(var r=o>1?void 0:o?v(a,s):a,i=t.length-1,n;i>=0;i--)(n=t[i])&&(r=n(r)||r);return r};const d="/api/v1/organizations";let c=class extends h{get words(){return u[this.ctx.language]}load(t){return g(this.ctx,d,{},t)}heading(){return this.words.organizations}lead(){return e`<p class="lead">${this.words.organizationsLead}</p>`}actions(){return e`<div class="btns"><a class="btn primary" href=${l("server","organizations","new")}>${p("plus")}${this.words.addOrganization}</a></div>`}draw(t){const{words:a}=this;return t.items.length===0?f("org",a.noOrganizationsTitle,a.noOrganizationsText):e`<section class="panel">
      <div class="table-wrap">
        <table class="stackable">
          <thead><tr><th scope="col">${a.organization}</th><th scope="col">${a.tariff}</th><th scope="col">${a.openProjects}</th></tr></thead>
          <tbody>
            ${t.items.map(s=>e`<tr>
                  <td><b><a href=${l("org",s.id)}>${s.legalName}</a></b><small class="mono">${s.id}</small></td>
                  <td data-label=${a.tariff}>${this.shell.tariffs[s.tariff]??s.tariff}</td>
                  <td data-label=${a.openProjects}>${s.projects.length?s.projects.join(", "):this.shell.unknown}</td>
                </tr>`)}
          </tbody>
        </table>
      </div>
      ${m(this.ctx,t,()=>void this.more())}
    </section>`}async more(){try{this.data=await $(this.ctx,d,this.data)}catch(t){this.error=t}}};c=w([b("lms-organizations")],c);export{c as Organizations};
