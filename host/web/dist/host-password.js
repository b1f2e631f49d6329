import{S as f,s as u,A as b,a as l,n as x,f as d,p as c,r as m,b as y,c as w,d as a,t as v}from"./shell.js";var g=Object.defineProperty,$=Object.getOwnPropertyDescriptor,i=(t,r,e,n)=>{for(var o=n>1?void 0:n?$(r,e):r,p=t.length-1,h;p>=0;p--)(h=t[p])&&(o=(n?h(r,e,o):h(o))||o);return n&&o&&g(r,e,o),o};let s=class extends f{constructor(){super(...arguments),this.current="",this.next="",this.repeat="",this.error=null,this.differ=!1,this.busy=!1,this.done=!1}render(){const t=u[this.ctx.language],r=this.error instanceof b&&!!this.error.problem.errors?.length;return y`<div class="page-head"><div class="head-main"><h1 tabindex="-1">${t.passwordTitle}</h1><p class="lead">${t.passwordLead}</p></div></div>
      ${this.done?x("okc","ok",t.changedTitle,t.changedText):l}
      <form class="panel form" @submit=${this.submit} novalidate>
        <div class="panel-body alone form">
          <!-- So that password keepers know whose it is. -->
          <input type="text" autocomplete="username" .value=${this.ctx.session.login} hidden />
          ${d(this.ctx,{id:"current",label:t.current,type:"password",autocomplete:"current-password",value:this.current,problem:c(this.error,"/current"),onInput:e=>this.current=e})}
          ${d(this.ctx,{id:"next",label:t.next,type:"password",autocomplete:"new-password",value:this.next,hint:t.nextHint,problem:c(this.error,"/password"),onInput:e=>this.next=e})}
          ${d(this.ctx,{id:"repeat",label:t.repeat,type:"password",autocomplete:"new-password",value:this.repeat,problem:this.differ?{pointer:"/repeat",reason:t.differ,fix:t.differFix.replace(/\.$/,"")}:void 0,onInput:e=>this.repeat=e})}
          ${this.error&&!r?m(this.ctx,this.error):l}
          <div class="form-foot"><button class="btn primary" type="submit" aria-busy=${this.busy?"true":l}>${t.change}</button></div>
        </div>
      </form>`}async submit(t){if(t.preventDefault(),!this.busy){if(this.error=null,this.done=!1,this.differ=this.next!==this.repeat,!this.differ){this.busy=!0;try{await this.ctx.api.put("/api/v1/session/password",{current:this.current,password:this.next}),this.current=this.next=this.repeat="",this.done=!0,this.ctx.say(u[this.ctx.language].changedTitle)}catch(r){this.error=r}this.busy=!1}await this.updateComplete,w(this.renderRoot)}}};i([a()],s.prototype,"current",2);i([a()],s.prototype,"next",2);i([a()],s.prototype,"repeat",2);i([a()],s.prototype,"error",2);i([a()],s.prototype,"differ",2);i([a()],s.prototype,"busy",2);i([a()],s.prototype,"done",2);s=i([v("lms-password")],s);export{s as Password};
