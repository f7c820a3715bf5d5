document.documentElement.className="js";try{document.documentElement.dataset.size=localStorage.getItem("text-size")||"0"}catch(e){}
