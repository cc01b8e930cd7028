BEGIN TRANSACTION;
CREATE TABLE documents (
	id TEXT NOT NULL, 
	origin TEXT NOT NULL, 
	name TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (origin)
)
 STRICT

;
INSERT INTO "documents" VALUES('d22dbcfd76692','/文件/通知.txt','通知.txt');
CREATE TABLE library (
	"key" TEXT NOT NULL, 
	value INTEGER NOT NULL, 
	PRIMARY KEY ("key")
)
 STRICT

;
INSERT INTO "library" VALUES('schema',1);
INSERT INTO "library" VALUES('generation',1);
INSERT INTO "library" VALUES('next_key',3);
CREATE TABLE originals (
	version_id INTEGER NOT NULL, 
	data BLOB NOT NULL, 
	PRIMARY KEY (version_id), 
	FOREIGN KEY(version_id) REFERENCES versions (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "originals" VALUES(1,X'E4BA91E6B38AE58CBAE5BA94E680A5E7AEA1E79086E5B180E585B3E4BA8EE6A380E69FA5E79A84E9809AE79FA50AE4BA91E5BA94E680A5E3809432303234E3809534E58FB70AE4B880E38081E6A380E69FA5E88C83E59BB40AE58CBAE4BD8FE5BBBAE5B180E8B49FE8B4A3E6A380E69FA5E5B7A5E59CB02C32303235E5B9B4E5BA95E5898DE5AE8CE68890E380820AE4BA91E6B38AE58CBAE5BA94E680A5E7AEA1E79086E5B1800A32303234E5B9B433E69C883231E697A50A');
CREATE TABLE parts (
	version_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	payload TEXT NOT NULL, 
	PRIMARY KEY (version_id, kind), 
	FOREIGN KEY(version_id) REFERENCES versions (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "parts" VALUES(1,'source','[{"Anchor":["start","line","page","cell"],"Cell":["row","column","span","row_span","column_span","header"],"HeadingMark":["span","level"],"Note":["code","message","span","reading"],"Source":["text","format","encoding","title","tables","headings","anchors","notes"],"Span":["start","end"],"Table":["span","cells","caption"]},["","plain","utf-8","",[],[],[[0,1],[16,2],[28,3],[35,4],[57,5],[66,6]]]]');
INSERT INTO "parts" VALUES(1,'card','[{"Card":["title","issuer","number","issued","published","places","years","attachments","fields"],"Field":["name","label","value","span","note"],"Span":["start","end"]},["云泊区应急管理局关于检查的通知","云泊区应急管理局","云应急〔2024〕4号","2024-03-21",null,["云泊区"],[2024,2025],[],[["place","","云泊区",[0,3]],["issuer","标题","云泊区应急管理局",[0,8]],["title","","云泊区应急管理局关于检查的通知",[0,15]],["number","","云应急〔2024〕4号",[16,27]],["issuer","落款","云泊区应急管理局",[57,65]],["issued","落款","2024-03-21",[66,76]]]]]');
INSERT INTO "parts" VALUES(1,'sections','[{"Note":["code","message","span","reading"],"Section":["index","parent","family","level","label","number","title","heading","span","body","path","attachment","notes"],"Span":["start","end"]},[[0,-1,"cn",1,"一、",1,"检查范围",[28,34],[28,76],[35,76],["一、检查范围"]]]]');
INSERT INTO "parts" VALUES(1,'passages','[{"Passage":["ordinal","kind","section","span","path"],"Span":["start","end"]},[[0,"text",-1,[0,27],[]],[1,"text",0,[28,76],["一、检查范围"]]]]');
INSERT INTO "parts" VALUES(1,'notes','[{"Note":["code","message","span","reading"],"Span":["start","end"]},[]]');
INSERT INTO "parts" VALUES(1,'duties','[{"Deadline":["value","span","kind","since","until","inherited","reading"],"Duty":["ordinal","source","section","path","attachment","clause","statement","task","number","heading","system","measure","lead","support","support_label","support_text","lead_text","deadline","topics","open_list","scope","notes"],"Mention":["value","span","inherited"],"Note":["code","message","span","reading"],"Span":["start","end"]},[[0,"sentence",0,["一、检查范围"],null,[35,56],[35,41],["区住建局负责检查工地,2025年底前完成",[35,55]],"","检查范围",null,null,[],[["区住建局",[35,39]]],"负责",null,null,["2025年底前",[46,53],"by",null,"2025-12-31"]]]]');
INSERT INTO "parts" VALUES(1,'targets','[{"Span":["start","end"],"Target":["ordinal","section","path","subject","comparator","value","unit","period","span","clause"]},[]]');
INSERT INTO "parts" VALUES(1,'deadlines','[{"Deadline":["value","span","kind","since","until","inherited","reading"],"Span":["start","end"]},[["2025年底前",[46,53],"by",null,"2025-12-31"],["2024年3月21日",[66,76],"during","2024-03-21","2024-03-21"]]]');
INSERT INTO "parts" VALUES(1,'definitions','[{"Definition":["ordinal","section","path","term","meaning","members","clause"],"Mention":["value","span","inherited"],"Span":["start","end"]},[]]');
INSERT INTO "parts" VALUES(1,'enumerations','[{"Enumeration":["ordinal","section","path","kind","head","members","clause","count"],"Mention":["value","span","inherited"],"Span":["start","end"]},[]]');
INSERT INTO "parts" VALUES(1,'members','[{"Member":["ordinal","section","path","body","role","name","post","clause"],"Mention":["value","span","inherited"],"Span":["start","end"]},[]]');
INSERT INTO "parts" VALUES(1,'contacts','[{"Contact":["ordinal","kind","value","clause"],"Mention":["value","span","inherited"],"Span":["start","end"]},[]]');
CREATE TABLE texts (
	version_id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (version_id), 
	FOREIGN KEY(version_id) REFERENCES versions (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "texts" VALUES(1,'云泊区应急管理局关于检查的通知
云应急〔2024〕4号
一、检查范围
区住建局负责检查工地,2025年底前完成。
云泊区应急管理局
2024年3月21日
');
CREATE TABLE versions (
	id INTEGER NOT NULL, 
	document_id TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	current INTEGER NOT NULL, 
	sha256 TEXT NOT NULL, 
	size INTEGER NOT NULL, 
	added_at TEXT NOT NULL, 
	parser TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	title TEXT NOT NULL, 
	issuer TEXT NOT NULL, 
	number TEXT NOT NULL, 
	issued TEXT NOT NULL, 
	counts TEXT NOT NULL, 
	first_key INTEGER NOT NULL, 
	n_passages INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (document_id, version), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "versions" VALUES(1,'d22dbcfd76692',1,1,'5b6dad52335d0ef13aafbde6b3ed823e23b154dbf1a6127677819814025df4d0',185,'2026-11-22T05:59:45+00:00','7b382d09b745','53954b5ed3441474f8fb700f221cb1b0fb665a3886b49d085d4320cede133e9b','云泊区应急管理局关于检查的通知','云泊区应急管理局','云应急〔2024〕4号','2024-03-21','[{},[["sections",1],["passages",2],["duties",1],["targets",0],["deadlines",2],["definitions",0],["enumerations",0],["members",0],["contacts",0]]]',1,2);
CREATE INDEX ix_documents_name ON documents (name);
CREATE INDEX versions_by_content ON versions (sha256, current);
CREATE INDEX versions_by_key ON versions (first_key);
COMMIT;
