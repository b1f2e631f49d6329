#include "common/xlsx/Workbook.h"

#include "common/Text.h"

#include <fmt/format.h>

#include <charconv>
#include <map>

namespace common::xlsx {
namespace {

struct Relation {
    std::string type;  ///< its last segment: transitional and strict differ before it
    std::string part;
    bool external = false;
};
using Relations = std::map<std::string, Relation, std::less<>>;

std::string folderOf(std::string_view part) {
    const auto slash = part.rfind('/');
    return std::string(slash == std::string_view::npos ? "" : part.substr(0, slash + 1));
}

/// A target beside the part that names it, or from the root when it begins with a slash.
std::string resolve(std::string_view folder, std::string_view target) {
    std::string path(target.starts_with('/') ? "" : folder);
    path.append(target);
    std::vector<std::string_view> steps;
    for (const auto step : split(path, '/')) {
        if (step.empty() || step == ".") continue;
        if (step == "..") {
            if (!steps.empty()) steps.pop_back();
            continue;
        }
        steps.push_back(step);
    }
    std::string out;
    for (const auto step : steps) out.append(out.empty() ? "" : "/").append(step);
    return out;
}

class RelationsEvents final : public XmlEvents {
public:
    RelationsEvents(std::string folder, Relations& out) : folder_(std::move(folder)), out_(out) {}
    bool start(std::string_view name, const Poco::XML::Attributes& attributes) override {
        if (name != "Relationship") return true;
        const auto* id = attribute(attributes, "Id");
        const auto* type = attribute(attributes, "Type");
        const auto* target = attribute(attributes, "Target");
        const auto* mode = attribute(attributes, "TargetMode");
        if (!id || !type || !target) return true;
        out_[*id] = {type->substr(type->rfind('/') + 1), resolve(folder_, *target), mode && *mode == "External"};
        return true;
    }
    bool end(std::string_view) override { return true; }
    void text(std::string_view) override {}

private:
    std::string folder_;
    Relations& out_;
};

Relations relationsOf(const ZipFile& zip, const std::string& part, const Limits& limits) {
    const std::string folder = folderOf(part);
    const ZipEntry* entry = zip.find(folder + "_rels/" + part.substr(folder.size()) + ".rels");
    Relations relations;
    if (entry) {
        RelationsEvents events(folder, relations);
        readXml(zip, *entry, limits, events);
    }
    return relations;
}

const Relation* ofType(const Relations& relations, std::string_view type) {
    for (const auto& [id, relation] : relations)
        if (relation.type == type && !relation.external) return &relation;
    return nullptr;
}

bool isTrue(const std::string* value) {
    return value && (*value == "1" || *value == "true" || *value == "on");
}

class WorkbookEvents final : public XmlEvents {
public:
    WorkbookEvents(const Relations& relations, const Limits& limits, Workbook& out)
        : relations_(relations), limits_(limits), out_(out) {}
    bool start(std::string_view name, const Poco::XML::Attributes& attributes) override {
        if (name == "workbookPr") out_.from1904 = isTrue(attribute(attributes, "date1904"));
        if (name != "sheet") return true;
        const auto* title = attribute(attributes, "name");
        const auto* id = attribute(attributes, "id", true);
        if (!title || !id) throw Fault("its list of sheets has one without name or id");
        const auto relation = relations_.find(*id);
        if (relation == relations_.end() || relation->second.external)
            throw Fault("it lists the sheet '" + *title + "' and does not hold it");
        if (relation->second.type != "worksheet") return true;  // charts and macro sheets hold no table
        if (out_.sheets.size() == limits_.sheets)
            throw Fault(fmt::format("it has more sheets than {}", limits_.sheets));
        out_.sheets.push_back({*title, relation->second.part});
        return true;
    }
    bool end(std::string_view name) override { return name != "sheets"; }
    void text(std::string_view) override {}

private:
    const Relations& relations_;
    const Limits& limits_;
    Workbook& out_;
};

class SharedStringEvents final : public XmlEvents {
public:
    SharedStringEvents(const Limits& limits, std::vector<std::string>& out)
        : limits_(limits), item_(limits), out_(out) {}
    bool start(std::string_view name, const Poco::XML::Attributes& attributes) override {
        if (name == "si") {
            item_.begin();
            inItem_ = true;
        } else if (inItem_) {
            item_.start(name, attributes);
        }
        return true;
    }
    bool end(std::string_view name) override {
        if (name == "si") {
            inItem_ = false;
            bytes_ += item_.value().size() + sizeof(std::string);
            if (bytes_ > limits_.stringBytes)
                throw Fault(fmt::format("its texts take more than {} MB", limits_.stringBytes / (1024 * 1024)));
            out_.push_back(item_.value());
        } else if (inItem_) {
            item_.end(name);
        }
        return true;
    }
    void text(std::string_view text) override {
        if (inItem_) item_.text(text);
    }

private:
    const Limits& limits_;
    StringItem item_;
    std::vector<std::string>& out_;
    std::size_t bytes_ = 0;
    bool inItem_ = false;
};

unsigned idOf(const std::string* text) {
    unsigned id = 0;
    if (text) std::from_chars(text->data(), text->data() + text->size(), id);
    return id;
}

class FormatEvents final : public XmlEvents {
public:
    explicit FormatEvents(std::vector<NumberFormat>& out) : out_(out) {}
    bool start(std::string_view name, const Poco::XML::Attributes& attributes) override {
        if (name == "numFmt") {
            const auto* code = attribute(attributes, "formatCode");
            if (code) codes_[idOf(attribute(attributes, "numFmtId"))] = formatOfCode(*code);
        } else if (name == "cellXfs") {
            inCellFormats_ = true;
        } else if (inCellFormats_ && name == "xf") {
            if (out_.size() == kMaxFormats) throw Fault(fmt::format("it has more cell formats than {}", kMaxFormats));
            const unsigned id = idOf(attribute(attributes, "numFmtId"));
            const auto code = codes_.find(id);
            out_.push_back(code == codes_.end() ? formatOfId(id) : code->second);
        }
        return true;
    }
    bool end(std::string_view name) override { return name != "cellXfs"; }
    void text(std::string_view) override {}

private:
    static constexpr std::size_t kMaxFormats = 65'536;  // Excel's own limit
    std::vector<NumberFormat>& out_;
    std::map<unsigned, NumberFormat> codes_;
    bool inCellFormats_ = false;
};

}  // namespace

void appendLimited(std::string& to, std::string_view text, const Limits& limits) {
    if (to.size() + text.size() > limits.cellBytes)
        throw Fault(fmt::format("a text is longer than {} bytes", limits.cellBytes));
    to.append(text);
}

void StringItem::start(std::string_view name, const Poco::XML::Attributes& attributes) {
    if (name == "rPh") ++phonetic_;
    if (name != "t" || phonetic_ > 0) return;
    const auto* space = attribute(attributes, "space", true);
    preserve_ = space && *space == "preserve";
    inText_ = true;
    run_.clear();
}

void StringItem::end(std::string_view name) {
    if (name == "rPh") --phonetic_;
    if (name != "t" || !inText_) return;
    inText_ = false;
    appendLimited(text_, unescape(preserve_ ? std::string_view(run_) : trim(run_)), limits_);
}

void StringItem::text(std::string_view text) {
    if (inText_) appendLimited(run_, text, limits_);
}

Workbook readWorkbook(const ZipFile& zip, const Limits& limits) {
    const Relations package = relationsOf(zip, "", limits);
    const Relation* document = ofType(package, "officeDocument");
    const std::string part = document ? document->part : "xl/workbook.xml";
    if (part.ends_with(".bin")) throw Fault("it is a binary workbook (.xlsb)");
    const ZipEntry* entry = zip.find(part);
    if (!entry) throw Fault("it holds no workbook");
    const Relations relations = relationsOf(zip, part, limits);
    Workbook workbook;
    WorkbookEvents events(relations, limits, workbook);
    readXml(zip, *entry, limits, events);
    if (workbook.sheets.empty()) throw Fault("it has no sheet with a table");
    if (const Relation* strings = ofType(relations, "sharedStrings")) workbook.strings = strings->part;
    if (const Relation* styles = ofType(relations, "styles")) workbook.styles = styles->part;
    return workbook;
}

std::vector<std::string> readSharedStrings(const ZipFile& zip, const std::string& part, const Limits& limits) {
    std::vector<std::string> strings;
    const ZipEntry* entry = part.empty() ? nullptr : zip.find(part);
    if (!entry) return strings;  // a cell that needs one says so
    SharedStringEvents events(limits, strings);
    readXml(zip, *entry, limits, events);
    return strings;
}

std::vector<NumberFormat> readFormats(const ZipFile& zip, const std::string& part, const Limits& limits) {
    std::vector<NumberFormat> formats;
    const ZipEntry* entry = part.empty() ? nullptr : zip.find(part);
    if (!entry) return formats;
    FormatEvents events(formats);
    readXml(zip, *entry, limits, events);
    return formats;
}

}  // namespace common::xlsx
