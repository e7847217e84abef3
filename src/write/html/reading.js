(function(){"use strict";
var main=document.getElementById("main"),root=document.documentElement,voice=window.speechSynthesis;
if(!main)return;
var sizes=[100,125,150,175,200],at=0,queue=[],now=null,reading=0;
var bar=document.createElement("div");
bar.className="reading";bar.setAttribute("role","group");bar.setAttribute("aria-label","Reading help");
function button(words,does){
 var b=document.createElement("button");b.type="button";b.textContent=words;b.addEventListener("click",does);bar.append(b);return b
}
var smaller=button("Smaller words",function(){size(at-1)});
var bigger=button("Bigger words",function(){size(at+1)});
function size(to){
 at=Math.max(0,Math.min(sizes.length-1,to));
 root.style.fontSize=sizes[at]+"%";
 smaller.setAttribute("aria-disabled",String(at===0));
 bigger.setAttribute("aria-disabled",String(at===sizes.length-1))
}
size(0);
function mark(next){
 if(now)now.classList.remove("spoken");
 now=next;
 if(now){now.classList.add("spoken");now.scrollIntoView({block:"nearest"})}
}
function stop(){reading++;queue=[];mark(null);voice.cancel();read.textContent="Read this page to me"}
function next(turn){
 if(turn!==reading)return;
 var part=queue.shift();
 if(!part){stop();return}
 mark(part);
 var said=new SpeechSynthesisUtterance(part.textContent.replace(/\s+/g," ").trim());
 said.lang=root.lang;said.rate=.9;
 said.onend=function(){next(turn)};
 said.onerror=function(){if(turn===reading)stop()};
 voice.speak(said)
}
var read;
if(voice?window.SpeechSynthesisUtterance:false){
 read=button("Read this page to me",function(){
  if(queue.length||now){stop();return}
  queue=Array.prototype.filter.call(main.querySelectorAll("h1,h2,h3,h4,p,li,th,td"),function(part){
   var apart=part.closest("nav,.reading,[data-added]"),around=part.querySelector("p,li,td");
   return apart||around?false:part.textContent.trim()!==""
  });
  read.textContent="Stop reading";next(reading)
 });
 window.addEventListener("pagehide",function(){voice.cancel()})
}
main.prepend(bar);
})();
