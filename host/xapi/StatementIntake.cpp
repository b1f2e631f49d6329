#include "host/xapi/StatementIntake.h"

#include "common/Sha256.h"
#include "common/Text.h"
#include "common/Uuid.h"
#include "host/records/StrictJson.h"
#include "host/xapi/JsonSlices.h"
#include "host/xapi/StatementCheck.h"
#include "host/xapi/StatementDigest.h"
#include "host/xapi/StatementMapping.h"

#include <Poco/Data/Session.h>
#include <Poco/MemoryStream.h>
#include <fmt/format.h>

#include <set>
#include <unordered_map>
#include <unordered_set>

namespace host::xapi {
namespace {

using sdk::AppError;
using sdk::FieldError;

constexpr std::int64_t kMaxAttachment = 64 * 1024 * 1024;

std::string_view textOf(const rapidjson::Value& value) {
    return {value.GetString(), value.GetStringLength()};
}

AppError refused(FieldError error) {
    const auto detail = fmt::format("The request was not taken, nothing of it: {} {}.", error.pointer, error.reason);
    return {400, "xapi.statement", detail, {std::move(error)}};
}

/// What the statements' attachments name, against what came with them.
class AttachmentCheck {
public:
    explicit AttachmentCheck(const std::vector<SentAttachment>& sent) {
        for (const auto& one : sent) {
            if (one.sha2.size() != 64)
                throw AppError::badRequest("A part's X-Experience-API-Hash is not a SHA-256 in 64 hex digits.");
            if (common::Sha256::hex(one.bytes) != one.sha2)
                throw AppError::badRequest(
                    fmt::format("The part with the hash {} has other bytes than its hash says.", one.sha2));
            sent_.emplace(one.sha2, &one);
        }
    }

    void look(const rapidjson::Value& statement, const std::string& pointer, std::vector<AttachmentRow>& rows) {
        const auto list = statement.FindMember("attachments");
        if (list != statement.MemberEnd())
            for (rapidjson::SizeType i = 0; i < list->value.Size(); ++i)
                one(list->value[i], fmt::format("{}/attachments/{}", pointer, i), rows);
        const auto object = statement.FindMember("object");
        if (object != statement.MemberEnd() && object->value.HasMember("attachments"))
            look(object->value, pointer + "/object", rows);
    }

    void finish() const {
        for (const auto& [sha2, one] : sent_)
            if (!named_.contains(sha2))
                throw AppError::badRequest(fmt::format("No statement has an attachment with the hash {}.", sha2));
    }

private:
    void one(const rapidjson::Value& attachment, const std::string& pointer, std::vector<AttachmentRow>& rows) {
        const auto sha2 = common::toLowerAscii(textOf(attachment["sha2"]));
        const auto found = sent_.find(sha2);
        if (found == sent_.end()) {
            if (attachment.HasMember("fileUrl")) return;
            throw refused({pointer, "has no fileUrl, and its bytes came in no part of the request",
                           "Send it as multipart/mixed with a part for each attachment."});
        }
        named_.insert(sha2);
        rows.push_back({0, sha2, std::string(textOf(attachment["contentType"])),
                        static_cast<std::int64_t>(found->second->bytes.size())});
    }

    std::unordered_map<std::string, const SentAttachment*> sent_;
    std::set<std::string> named_;
};

std::string voidedBy(const rapidjson::Value& statement) {
    if (textOf(statement["verb"]["id"]) != kVoided) return {};
    return common::toLowerAscii(textOf(statement["object"]["id"]));
}

}  // namespace

struct StatementIntake::Batch {
    const ActiveSource& source;
    sdk::Micros moment = 0;
    std::vector<std::string> ids;             ///< of all, in order
    std::vector<MappedStatement> statements;  ///< each id once
    std::vector<std::vector<AttachmentRow>> attachments;
    std::vector<std::pair<std::string, std::string>> forms;  ///< verb and activity type
    std::vector<std::pair<std::string, std::string>> voids;  ///< voiding statement, what it voids
    std::optional<std::string> putId;

    void clear() {
        ids.clear();
        statements.clear();
        attachments.clear();
        forms.clear();
        voids.clear();
    }
};

void StatementIntake::read(Batch& batch, std::string_view json, const std::vector<SentAttachment>& sent) const {
    if (json.starts_with("\xEF\xBB\xBF")) json.remove_prefix(3);
    const auto slices = elementsOf(json);
    if (!slices) throw AppError(400, "bad-json", "The body is not JSON: the array is not whole.");
    if (slices->size() > kMaxStatements)
        throw AppError(413, "xapi.too-many", fmt::format("A request takes up to {} statements.", kMaxStatements));
    const bool isArray = common::trim(json).starts_with('[');
    if (batch.putId && isArray) throw AppError::badRequest("PUT takes one statement, not an array.");
    AttachmentCheck attachments(sent);
    batch.ids.reserve(slices->size());
    batch.statements.reserve(slices->size());
    std::unordered_set<std::string> given;
    std::unordered_map<std::string, std::size_t> made;  ///< ids that we made
    for (std::size_t i = 0; i < slices->size(); ++i) {
        const auto slice = (*slices)[i];
        const auto at = isArray ? fmt::format("/{}", i) : std::string();
        const auto statement = records::parseStrict(slice);
        if (auto error = checkStatement(statement)) {
            error->pointer = at + error->pointer;
            throw refused(std::move(*error));
        }
        StatementRow row;
        row.storedAt = batch.moment;
        const auto time = statement.FindMember("timestamp");
        const bool timed = time != statement.MemberEnd();
        row.madeAt = timed ? *statementTime(textOf(time->value)) : batch.moment;
        const auto id = statement.FindMember("id");
        const bool named = id != statement.MemberEnd() || batch.putId;
        if (id != statement.MemberEnd()) row.statementId = common::toLowerAscii(textOf(id->value));
        if (batch.putId && !row.statementId.empty() && row.statementId != *batch.putId)
            throw refused({at + "/id", "is another id than statementId", "Leave it out, or give the same."});
        if (batch.putId) row.statementId = *batch.putId;
        if (!named)
            row.statementId =
                timed ? common::Uuid::v5(common::Uuid::kNamespaceUrl,
                                         fmt::format("xapi:{}:{}", batch.source.source.key, digestOf(statement)))
                      : common::Uuid::v4();
        batch.ids.push_back(row.statementId);
        if (named && !given.insert(row.statementId).second)
            throw refused({at + "/id", "is the id of another statement of the request", "Give each its own."});
        if (!made.emplace(row.statementId, i).second) continue;
        const auto facts = factsOf(statement, row.statementId, row.madeAt);
        if (auto target = voidedBy(statement); !target.empty()) batch.voids.emplace_back(row.statementId, target);
        auto& kept = batch.attachments.emplace_back();
        attachments.look(statement, at, kept);
        batch.forms.emplace_back(facts.verb, facts.activityType);
        Reading reading = batch.source.rules->read(statement, facts);
        batch.statements.push_back({std::move(row), std::move(reading), slice});
    }
    attachments.finish();
}

/// Those that are there must say the same as what came; where the bytes differ, what they say decides.
void StatementIntake::requireSame(StatementRows& rows, const Batch& batch, const Known& known) {
    if (known.empty()) return;
    std::vector<std::int64_t> ids;
    std::unordered_map<std::int64_t, const MappedStatement*> came;
    for (const auto& one : batch.statements)
        if (const auto found = known.find(one.row.statementId); found != known.end()) {
            ids.push_back(found->second);
            came[found->second] = &one;
        }
    rows.originals(ids, [&](std::int64_t id, const std::string& body) {
        const auto& one = *came.at(id);
        if (body == one.body || digestOf(records::parseStrict(body)) == digestOf(records::parseStrict(one.body)))
            return;
        throw AppError::conflict("xapi.conflict",
                                 fmt::format("There is another statement with the id {}; nothing of the request was "
                                             "taken.",
                                             one.row.statementId));
    });
}

void StatementIntake::write(Poco::Data::Session& session, Batch& batch, bool areNew) const {
    StatementRows rows(session, batch.source.source.id);
    std::vector<std::string> ids;
    ids.reserve(batch.statements.size());
    for (const auto& one : batch.statements) ids.push_back(one.row.statementId);
    const auto known = areNew && rows.known({ids.front()}).empty() ? Known() : rows.known(ids);
    requireSame(rows, batch, known);
    const auto voided = rows.voidedOf(ids);
    std::vector<MappedStatement> fresh;
    std::vector<AttachmentRow> attachments;
    std::vector<std::string> bodies;
    fresh.reserve(batch.statements.size());
    bodies.reserve(batch.statements.size());
    auto next = rows.reserve(batch.statements.size());
    for (std::size_t i = 0; i < batch.statements.size(); ++i) {
        auto& one = batch.statements[i];
        if (known.contains(one.row.statementId)) continue;
        one.row.id = next++;
        one.row.form = rows.form(batch.forms[i].first, batch.forms[i].second);
        one.row.voided = std::find(voided.begin(), voided.end(), one.row.statementId) != voided.end();
        bodies.emplace_back(one.body);
        for (auto& attachment : batch.attachments[i]) {
            attachment.statement = one.row.id;
            attachments.push_back(std::move(attachment));
        }
        fresh.push_back(std::move(one));
    }
    if (fresh.empty()) return;
    StatementMapping mapping(session, rows, batch.source, batch.moment);
    const auto troubles = mapping.write(fresh);
    std::vector<StatementRow> states;
    for (auto& one : fresh) states.push_back(std::move(one.row));
    rows.insert(states, bodies);
    rows.addTroubles(troubles);
    rows.addAttachments(attachments);
    for (const auto& [by, target] : batch.voids) {
        if (known.contains(by)) continue;
        const auto found = rows.find(target);
        // What voids can't be voided: xAPI part 2, 2.3.2.
        if (found && voidedBy(records::parseStrict(found->body)) != "") continue;
        if (found && found->row.kind >= 0) mapping.takeBackVoided(found->row);
        rows.markVoided(target);
    }
    // The rules were changed meanwhile, or others speak of a record that was taken back: all are read again.
    if (mapping.tookBack() || !rows.isCurrent(batch.source.source.revision)) rows.setRemapFrom(0);
}

std::vector<std::string> StatementIntake::take(const ActiveSource& source, std::string_view json,
                                               const std::vector<SentAttachment>& attachments,
                                               const std::optional<std::string>& putId) {
    Batch batch{source, clock_.now(), {}, {}, {}, {}, {}, {}};
    if (putId) {
        if (!common::Uuid::isValid(*putId)) throw AppError::badRequest("statementId is not a UUID.");
        batch.putId = common::toLowerAscii(*putId);
    }
    read(batch, json, attachments);
    for (const auto& one : attachments) {
        Poco::MemoryInputStream bytes(one.bytes.data(), static_cast<std::streamsize>(one.bytes.size()));
        if (!one.bytes.empty())
            files_.put(source.source.organization, bytes, kMaxAttachment, static_cast<std::int64_t>(one.bytes.size()));
    }
    if (batch.statements.empty()) return std::move(batch.ids);
    bool taken = false;
    const auto write = [&](bool areNew) {
        database_.write([&](Poco::Data::Session& session) {
            // Writing takes the batch apart; what is written again is read again.
            if (std::exchange(taken, true)) {
                batch.clear();
                read(batch, json, attachments);
            }
            this->write(session, batch, areNew);
        });
    };
    // A request that was not sent before brings new statements only: asking for each whether it is there would cost as
    // much as writing it. That one of them is there then comes out at its unique id.
    try {
        write(true);
    } catch (const AppError& error) {
        if (error.code() != "db.unique") throw;
        write(false);
    }
    return std::move(batch.ids);
}

}  // namespace host::xapi
