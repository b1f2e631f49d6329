import{F as h,I as d,t as c,S as p,j as u,b}from"./shell.js";var g=Object.defineProperty,v=Object.getOwnPropertyDescriptor,i=(r,e,o,s)=>{for(var t=s>1?void 0:s?v(e,o):e,n=r.length-1,l;n>=0;n--)(l=r[n])&&(t=(s?l(e,o,t):l(t))||t);return s&&t&&g(e,o,t),t};let a=class extends p{constructor(){super(...arguments),this.heading="",this.text="",this.action="",this.answer=()=>{}}async ask(r,e,o){return Object.assign(this,{heading:r,text:e,action:o}),await this.updateComplete,this.box.returnValue="",this.box.showModal(),new Promise(s=>this.answer=s)}render(){return b`<dialog role="alertdialog" aria-labelledby="h" aria-describedby="t" @close=${()=>this.answer(this.box.returnValue==="yes")}>
      <form method="dialog">
        <div class="dialog-head">
          <span class="sign">${u("alert")}</span>
          <div><h2 id="h">${this.heading}</h2><p id="t">${this.text}</p></div>
        </div>
        <div class="dialog-foot">
          <button class="btn" value="no" autofocus>${this.ctx.kit.cancel}</button>
          <button class="btn danger" value="yes">${this.action}</button>
        </div>
      </form>
    </dialog>`}};i([h()],a.prototype,"heading",2);i([h()],a.prototype,"text",2);i([h()],a.prototype,"action",2);i([d("dialog")],a.prototype,"box",2);a=i([c("lms-confirm")],a);
