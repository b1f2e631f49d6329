#include "plugin/api/SourceRecords.h"

#include <algorithm>
#include <span>

namespace plugin::api {

using namespace host::sdk;

namespace {

/// Parts of a programme stand in its structure; what learners did comes in pages.
constexpr const char* kParts[] = {"flow", "block", "module", "theme", "element"};

bool isPart(const std::string& kind) {
    return std::find(std::begin(kParts), std::end(kParts), kind) != std::end(kParts);
}

void write(common::JsonWriter& json, const RecordHead& head) {
    json.member("id", std::to_string(head.id))
        .member("source", head.source)
        .member("externalId", head.externalId)
        .member("revision", head.revision)
        .timeMember("changedAt", head.changedAt)
        .member("deleted", head.deleted);
}

void writeId(common::JsonWriter& json, const char* name, RecordId id) {
    json.member(name, std::to_string(id));
}

void writeFiles(common::JsonWriter& json, const std::vector<RecordId>& files) {
    json.key("files").array();
    for (const auto id : files) json.value(std::to_string(id));
    json.end();
}

void write(common::JsonWriter& json, const Result& r) {
    writeId(json, "element", r.elementId);
    json.member("attempt", r.attempt)
        .memberIf("raw", r.raw)
        .memberIf("min", r.min)
        .memberIf("max", r.max)
        .memberIf("passScore", r.passScore)
        .memberIf("success", r.success)
        .memberIf("durationSeconds", r.durationSeconds)
        .timeMember("at", r.at)
        .member("graded", r.graded);
    writeFiles(json, r.fileIds);
}

void write(common::JsonWriter& json, const View& v) {
    writeId(json, "element", v.elementId);
    json.memberIf("percent", v.percent)
        .memberIf("watchedSeconds", v.watchedSeconds)
        .memberIf("recording", v.recording)
        .memberIf("attended", v.attended)
        .timeMember("at", v.at);
}

void write(common::JsonWriter& json, const Opening& o) {
    writeId(json, "element", o.elementId);
    json.member("downloaded", o.downloaded).timeMember("at", o.at);
}

void write(common::JsonWriter& json, const Reflection& r) {
    if (r.moduleId) writeId(json, "module", *r.moduleId);
    json.member("text", r.text).timeMember("at", r.at);
}

void write(common::JsonWriter& json, const Element& e) {
    json.member("kind", host::sdk::toString(e.kind)).member("title", e.title).member("description", e.description);
    const std::pair<const char*, const std::optional<RecordId>*> parents[] = {
        {"block", &e.blockId}, {"module", &e.moduleId}, {"theme", &e.themeId}};
    for (const auto& [name, id] : parents)
        if (*id) writeId(json, name, **id);
    json.member("position", e.position)
        .memberIf("required", e.required)
        .memberIf("durationSeconds", e.durationSeconds)
        .memberIfSet("webinarLink", e.webinarLink)
        .memberIf("minScore", e.minScore)
        .memberIf("maxScore", e.maxScore)
        .memberIf("passScore", e.passScore)
        .memberIf("maxAttempts", e.maxAttempts);
    if (e.webinarAt) json.timeMember("webinarAt", e.webinarAt);
    if (e.closedAt) json.timeMember("closedAt", e.closedAt);
    writeFiles(json, e.fileIds);
}

void write(common::JsonWriter& json, const Block& b) {
    json.member("type", b.type).member("title", b.title).member("description", b.description);
}

void write(common::JsonWriter& json, const ProgrammeModule& m) {
    writeId(json, "block", m.blockId);
    json.member("title", m.title).member("description", m.description).member("position", m.position);
    json.memberIf("u2035Id", m.u2035Id);
}

void write(common::JsonWriter& json, const Theme& t) {
    writeId(json, "module", t.moduleId);
    json.member("title", t.title).member("description", t.description).member("position", t.position);
    json.memberIf("u2035Id", t.u2035Id);
}

template <class Record>
std::string jsonOf(const Record& record) {
    common::JsonWriter json;
    json.object();
    write(json, static_cast<const RecordHead&>(record));
    if constexpr (requires { record.learnerId; }) {
        writeId(json, "learner", record.learnerId);
        writeId(json, "flow", record.flowId);
    }
    write(json, record);
    json.end();
    return json.take();
}

/// The course statement's text is the programme's, so both are told.
std::string jsonOf(const FlowStructure& all) {
    common::JsonWriter json;
    json.object();
    write(json, static_cast<const RecordHead&>(all.flow));
    json.member("title", all.flow.title).member("key", all.flow.key).memberIf("u2035Id", all.flow.u2035Id);
    json.member("methodistUntiId", all.flow.methodistUntiId).timeMember("startsAt", all.flow.startsAt);
    json.timeMember("endsAt", all.flow.endsAt).timeMember("closedAt", all.flow.closedAt).key("programme").object();
    write(json, static_cast<const RecordHead&>(all.programme));
    json.member("project", all.programme.project)
        .member("title", all.programme.title)
        .member("description", all.programme.description)
        .memberIf("u2035Id", all.programme.u2035Id)
        .end()
        .end();
    return json.take();
}

/// As StructurePlanner counts the course statement's revisions.
RecordHead headOf(const FlowStructure& all) {
    RecordHead head = all.flow;
    head.revision += all.programme.revision - 1;
    head.deleted = all.flow.deleted || all.programme.deleted;
    return head;
}

/// Calls `visit` with the pages of one kind from `afterId` on; `visit` returns false to stop.
template <class Visit>
void eachPage(Records& records, const std::string& organization, const std::string& kind, RecordId flowId,
              RecordId afterId, const Visit& visit) {
    if (kind == "result") records.results(organization, flowId, afterId, visit);
    if (kind == "view") records.views(organization, flowId, afterId, visit);
    if (kind == "opening") records.openings(organization, flowId, afterId, visit);
    if (kind == "reflection") records.reflections(organization, flowId, afterId, visit);
}

template <class Parts>
std::optional<SourceRecord> partIn(const FlowStructure& all, const Parts& parts, RecordId id) {
    for (const auto& one : parts)
        if (one.id == id) return SourceRecord{one, all.flow.id, 0, all.programme.project, jsonOf(one)};
    return std::nullopt;
}

}  // namespace

const char* toString(SourceState state) {
    static constexpr const char* names[] = {"same", "changed", "deleted", "missing", "none"};
    return names[static_cast<int>(state)];
}

void SourceRecords::loadStructure(RecordId flowId) {
    if (seen_.count({"flow", flowId}) != 0) return;
    for (const auto* kind : kParts) seen_[{kind, flowId}];
    const auto all = records_.structure(organization_, flowId);
    if (!all) return;
    const auto keep = [&](const char* kind, const RecordHead& head) {
        seen_[{kind, flowId}][head.id] = {head.revision, head.deleted};
    };
    keep("flow", headOf(*all));
    for (const auto& one : all->blocks) keep("block", one);
    for (const auto& one : all->modules) keep("module", one);
    for (const auto& one : all->themes) keep("theme", one);
    for (const auto& one : all->elements) keep("element", one);
}

void SourceRecords::load(const std::vector<std::pair<footprint::RecordRef, RecordId>>& recordsOfFlows) {
    std::map<Key, std::vector<RecordId>> wanted;
    for (const auto& [record, flowId] : recordsOfFlows) {
        if (isPart(record.kind))
            loadStructure(flowId);
        else if (record.kind != "statement")
            wanted[{record.kind, flowId}].push_back(record.id);
    }
    for (auto& [key, ids] : wanted) {
        std::sort(ids.begin(), ids.end());
        auto& found = seen_[key];
        // From the first that is asked for along the pages; a gap wider than a page is jumped over.
        for (std::size_t at = 0; at < ids.size();) {
            RecordId covered = ids.back();
            eachPage(records_, organization_, key.first, key.second, ids[at] - 1, [&](const auto& page) {
                for (const auto& one : page)
                    if (std::binary_search(ids.begin(), ids.end(), one.id)) found[one.id] = {one.revision, one.deleted};
                if (!page.empty() && page.back().id < ids.back()) covered = page.back().id;
                return false;
            });
            while (at < ids.size() && ids[at] <= covered) ++at;
        }
    }
}

const SourceRecords::Seen* SourceRecords::seen(const footprint::RecordRef& told, RecordId flowId) const {
    const auto kind = seen_.find({told.kind, flowId});
    if (kind == seen_.end()) return nullptr;
    const auto found = kind->second.find(told.id);
    return found == kind->second.end() ? nullptr : &found->second;
}

SourceState SourceRecords::state(const footprint::RecordRef& told, RecordId flowId) const {
    if (told.kind == "statement") return SourceState::None;
    const auto* now = seen(told, flowId);
    if (now == nullptr) return SourceState::Missing;
    if (now->deleted) return SourceState::Deleted;
    return now->revision == told.revision ? SourceState::Same : SourceState::Changed;
}

std::int64_t SourceRecords::revision(const footprint::RecordRef& told, RecordId flowId) const {
    const auto* now = seen(told, flowId);
    return now == nullptr ? 0 : now->revision;
}

std::optional<SourceRecord> SourceRecords::find(const std::string& kind, RecordId id, RecordId flowId) {
    if (isPart(kind)) {
        const auto all = records_.structure(organization_, flowId);
        if (!all) return std::nullopt;
        if (kind == "block") return partIn(*all, all->blocks, id);
        if (kind == "module") return partIn(*all, all->modules, id);
        if (kind == "theme") return partIn(*all, all->themes, id);
        if (kind == "element") return partIn(*all, all->elements, id);
        if (all->flow.id != id) return std::nullopt;
        return SourceRecord{headOf(*all), id, 0, all->programme.project, jsonOf(*all)};
    }
    std::optional<SourceRecord> found;
    eachPage(records_, organization_, kind, flowId, id - 1, [&](const auto& page) {
        if (!page.empty() && page.front().id == id) {
            const auto& one = page.front();
            found = SourceRecord{one, one.flowId, one.learnerId, {}, jsonOf(one)};
        }
        return false;
    });
    return found;
}

const std::string& SourceRecords::learnerExternalId(RecordId learnerId) {
    auto [it, isNew] = learners_.try_emplace(learnerId);
    if (isNew && learnerId != 0)
        if (const auto learner = records_.learner(organization_, learnerId)) it->second = learner->externalId;
    return it->second;
}

}  // namespace plugin::api
