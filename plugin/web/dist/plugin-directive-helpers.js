import{v as l}from"./u2035.js";const{I:d}=l,s=t=>t,v=t=>t===null||typeof t!="object"&&typeof t!="function",u=t=>t.strings===void 0,f=()=>document.createComment(""),B=(t,e,n)=>{const $=t._$AA.parentNode,i=e===void 0?t._$AB:e._$AA;if(n===void 0){const r=$.insertBefore(f(),i),_=$.insertBefore(f(),i);n=new d(r,_,t,t.options)}else{const r=n._$AB.nextSibling,_=n._$AM,o=_!==t;if(o){let A;n._$AQ?.(t),n._$AM=t,n._$AP!==void 0&&(A=t._$AU)!==_._$AU&&n._$AP(A)}if(r!==i||o){let A=n._$AA;for(;A!==r;){const c=s(A).nextSibling;s($).insertBefore(A,i),A=c}}}return n},a=(t,e,n=t)=>(t._$AI(e,n),t),m={},b=(t,e=m)=>t._$AH=e,g=t=>t._$AH,x=t=>{t._$AR(),t._$AA.remove()};export{g as M,x as h,v as n,b as p,u as r,a as u,B as v};
/**
 * @license
 * Copyright 2020 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */
