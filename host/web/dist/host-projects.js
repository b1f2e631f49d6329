import{V as p,e as n,b as a,h as d,j as h,z as b,t as j}from"./shell.js";import{s as u}from"./host-texts2.js";var $=Object.getOwnPropertyDescriptor,v=(e,t,r,o)=>{for(var s=o>1?void 0:o?$(t,r):t,l=e.length-1,c;l>=0;l--)(c=e[l])&&(s=c(s)||s);return s};let i=class extends p{get words(){return u[this.ctx.language]}load(e){return n(this.ctx.api,"/api/v1/projects",{signal:e})}heading(){return this.words.projects}lead(){return a`<p class="lead">${this.words.projectsLead}</p>`}actions(){return a`<div class="btns"><a class="btn primary" href=${d("server","projects","new")}>${h("plus")}${this.words.addProject}</a></div>`}draw(e){const{words:t}=this;return e.length===0?b("brief",t.noProjectsTitle,t.noProjectsText):a`<section class="panel">
      <div class="table-wrap">
        <table class="stackable">
          <thead><tr><th scope="col">${t.project}</th><th scope="col">${t.profile}</th><th scope="col">${t.projectValue}</th></tr></thead>
          <tbody>
            ${e.map(r=>a`<tr>
                  <td><b><a href=${d("server","projects",r.id)}>${r.title}</a></b><small class="mono">${r.id}</small></td>
                  <td data-label=${t.profile}><code>${r.profile}</code></td>
                  <td data-label=${t.projectValue}>${r.projectValue||this.shell.unknown}</td>
                </tr>`)}
          </tbody>
        </table>
      </div>
    </section>`}};i=v([j("lms-projects")],i);export{i as Projects};
