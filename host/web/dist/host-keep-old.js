import{S as u,R as g,F as n,d as b,I as f,j as m,a as c,b as h,t as v}from"./shell.js";var y=Object.defineProperty,$=Object.getOwnPropertyDescriptor,o=(s,e,r,a)=>{for(var i=a>1?void 0:a?$(e,r):e,l=s.length-1,d;l>=0;l--)(d=s[l])&&(i=(a?d(e,r,i):d(i))||i);return a&&i&&y(e,r,i),i};const p=[60,1440,10080,0],w={keep:{0:"больше не действует",60:"ещё час",1440:"ещё сутки",10080:"ещё неделю"},nowHint:"Отправитель получает отказ, пока у него не заменено. Выбирайте, если прежнее узнал посторонний."},x={keep:{0:"no longer",60:"for an hour more",1440:"for a day more",10080:"for a week more"},nowHint:"The sender is refused until it is replaced there. Choose this if somebody else knows the one before."},k={ru:w,en:x};let t=class extends u{constructor(){super(...arguments),this.heading="",this.text="",this.legend="",this.action="",this.minutes=p[0],this.answer=()=>{}}async ask(){return this.minutes=p[0],await this.updateComplete,this.box.returnValue="",this.box.showModal(),new Promise(s=>this.answer=s)}render(){const s=k[this.ctx.language];return h`<dialog aria-labelledby="h" aria-describedby="t" @close=${()=>this.answer(this.box.returnValue==="yes"?this.minutes:null)}>
      <form method="dialog">
        <div class="dialog-head">
          <span class="sign">${m("key")}</span>
          <div><h2 id="h">${this.heading}</h2><p id="t">${this.text}</p></div>
        </div>
        <div class="dialog-body">
          <fieldset class="choices">
            <legend class="sub">${this.legend}</legend>
            ${p.map(e=>h`<div class="radio">
                <input type="radio" name="keep" id="keep-${e}" value=${e} .checked=${e===this.minutes} aria-describedby=${e===0?"keep-now":c} @change=${()=>this.minutes=e} />
                <label for="keep-${e}">${s.keep[String(e)]}</label>
                ${e===0?h`<p class="hint" id="keep-now">${s.nowHint}</p>`:c}
              </div>`)}
          </fieldset>
        </div>
        <div class="dialog-foot">
          <button class="btn" value="no" autofocus>${this.ctx.kit.cancel}</button>
          <button class="btn danger" value="yes">${this.action}</button>
        </div>
      </form>
    </dialog>`}};t.styles=[...u.styles,g`
      .radio { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 2px var(--u-3); align-items: start; min-height: 24px; }
      .radio > .hint { grid-column: 2; }
    `];o([n()],t.prototype,"heading",2);o([n()],t.prototype,"text",2);o([n()],t.prototype,"legend",2);o([n()],t.prototype,"action",2);o([b()],t.prototype,"minutes",2);o([f("dialog")],t.prototype,"box",2);t=o([v("lms-keep-old")],t);
