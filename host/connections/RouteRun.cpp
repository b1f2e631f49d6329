#include "host/connections/RouteRun.h"

#include "host/connections/ReadInsight.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace host::connections {
namespace {

using records::RecordDraft;
using records::RecordWriter;
using records::Verdict;
using records::VerdictStatus;
using sdk::AppError;
using sdk::SourceError;
using sources::RowError;

constexpr std::size_t kBatch = 1000;
constexpr std::size_t kColumnsCounted = 100;

}  // namespace

bool isUnknownTarget(const sdk::FieldError& error) {
    return error.reason.starts_with("names no record") || error.reason.starts_with("names a deleted record");
}

std::vector<std::pair<std::string, std::int64_t>> RunCounts::named() const {
    return {{"rows", rows},       {"created", created},   {"updated", updated},   {"unchanged", unchanged},
            {"skipped", skipped}, {"repeated", repeated}, {"withheld", withheld}, {"rejected", rejected},
            {"errors", errors},   {"deleted", deleted},   {"files", files}};
}

RouteRun::RouteRun(sdk::Database& database, records::FileStore* files, const sdk::Clock& clock, RouteRules rules,
                   RunOrder order, RunObserver& observer)
    : database_(database), clock_(clock), rules_(std::move(rules)), order_(order), observer_(observer) {
    const auto& mapping = *rules_.mapping;
    if (!mapping.content) return;
    if (files == nullptr) throw AppError(500, "internal", "A run that brings files was given no place for them.");
    intake_ = std::make_unique<FileIntake>(
        database_, *files,
        FileIntake::Options{rules_.organization, rules_.routeId, rules_.maxFileBytes, mapping.content->immutable});
}

RouteRun::~RouteRun() = default;

void RouteRun::begin() {
    std::optional<RouteMemory> memory;
    database_.write([&](Poco::Data::Session& session) { memory = RouteState(session, rules_.routeId).begin(); });
    if (!memory) throw AppError::notFound("There is no such route.");
    memory_ = *memory;
    startedAt_ = clock_.now();
    asked_.reset();
    if (!rules_.watermark || order_.full || !memory_.watermark) return;
    // A watermark of another type than the rule's now is: everything is read again.
    const auto mark = Mark::of(rules_.watermark->type, *memory_.watermark);
    if (mark && mark->isAhead(startedAt_)) {
        out_.aheadBefore = mark->text();  // no earlier point is known: everything is read again as well
        observer_.note(fmt::format("The route had read up to '{}', which is in the future; everything is read again",
                                   sources::shownValue(mark->text())));
    } else if (mark)
        asked_ = mark->minus(rules_.watermark->overlapSeconds);
}

RunOutcome RouteRun::run(sdk::SourceReader& reader, const std::stop_token& stop) {
    bool whole = false;
    reader_ = &reader;
    auto ended = [this](const Stop& reason) {
        out_.end = reason.end;
        out_.detail = reason.detail;
        out_.fix = reason.fix;
    };
    try {
        readAll(reader, stop);
        whole = true;
    } catch (const Stop& reason) {
        ended(reason);
    } catch (const SourceError& error) {
        ended({error.kind() == SourceError::Kind::Cancelled ? RunEnd::Cancelled : RunEnd::Broken, error.what(),
               error.fix()});
        out_.broken = error.kind();
    }
    try {
        // Rows that came before the end are good, whatever ended the reading.
        const bool mayWrite =
            rows_ && out_.end != RunEnd::Changed && out_.end != RunEnd::OutOfOrder && out_.end != RunEnd::DoesNotFit;
        if (rules_.allOrNothing) {
            if (whole) flushAllOrNothing();
        } else if (mayWrite) {
            flush(whole);
        }
        if (whole) followDeletions();
    } catch (const Stop& reason) {
        ended(reason);
    }
    out_.expectsRows = isFull();
    if (rules_.watermark) out_.watermarkColumn = rules_.watermark->column;
    if (intake_) out_.counts.files = intake_->filesRead();
    return out_;
}

void requireWatermark(const RouteRules& rules, const std::vector<std::string>& columns) {
    if (!rules.watermark) return;
    const auto& name = rules.watermark->column;
    if (std::find(columns.begin(), columns.end(), name) != columns.end()) return;
    throw AppError::validation(
        "The source does not fit the route.",
        {{name, "is not a column of the source", records::suggestion(name, columns) + "The watermark needs it."}});
}

std::vector<sdk::FieldError> absentKeys(const RouteRules& rules, const sdk::SourceReader& reader) {
    const auto* insight = dynamic_cast<const ReadInsight*>(&reader);
    if (insight == nullptr) return {};
    auto needed = rules.mapping->requiredColumns();
    if (rules.watermark) needed.insert(rules.watermark->column);
    const auto& names = insight->itemNames();
    std::vector<sdk::FieldError> all;
    for (const auto& column : insight->absentColumns()) {
        if (!needed.contains(column)) continue;
        if (const auto& list = insight->listInItem(); !list.empty())
            all.push_back({column, "is in none of the items that came",
                           fmt::format("What came is one item, and '{}' in it is a list: write '{}' in the path to "
                                       "the items.",
                                       list, list)});
        else
            all.push_back({column, "is in none of the items that came",
                           records::suggestion(column, names) +
                               fmt::format("The items have: {}. If the source may leave it out, say so in the mapping "
                                           "(\"optional\": true); then there is no value.",
                                           sources::shownValue(fmt::format("{}", fmt::join(names, ", "))))});
    }
    return all;
}

void RouteRun::readAll(sdk::SourceReader& reader, const std::stop_token& stop) {
    try {
        auto columns = reader.columns();
        rows_.emplace(*rules_.mapping, columns, "source");
        requireWatermark(rules_, columns);
    } catch (const AppError& error) {
        if (error.status() != 422) throw;
        rows_.reset();
        out_.absent = error.errors();
        throw Stop{RunEnd::DoesNotFit, error.what(),
                   out_.absent.empty() ? "Correct the mapping." : out_.absent.front().fix};
    }
    sdk::SourceRow row;
    for (;;) {
        if (stop.stop_requested()) throw Stop{RunEnd::Cancelled, "The run was asked to end.", "Run the route again."};
        row.problem.reset();
        if (!reader.next(row)) return;
        take(reader, row);
        if (rules_.allOrNothing) continue;
        if (batch_.size() < kBatch && repeats_.size() < kBatch && refused_.size() < kBatch) continue;
        flush(false);
    }
}

void RouteRun::take(sdk::SourceReader& reader, sdk::SourceRow& row) {
    ++out_.counts.rows;
    if (!row.problem && row.cells.size() != rows_->width())
        row.problem = {"",
                       fmt::format("The row has {} values, the source {} columns", row.cells.size(), rows_->width()),
                       "Report it to whoever wrote this kind of source."};
    if (row.problem) {
        if (const auto id = rows_->identify(row))
            refused_.push_back(*id);
        else
            ++unidentified_;
        reject(row, {rows_->problemOf(row)});
        return stopAtBadRow();
    }
    const auto before = greatest_;
    follow(row);
    if (!rows_->isTaken(row)) {
        ++out_.counts.skipped;
        return;
    }
    Item item{row, rows_->read(row), {}};
    if (intake_ && item.draft.errors.empty())
        item.file = intake_->fill(reader, rows_->contentReference(row), item.draft);
    const auto& id = item.draft.externalId;
    if (records::checkExternalId(id)) {
        ++unidentified_;
    } else if ((inBatch_.contains(id) || isRepeat(id)) && item.draft.errors.empty()) {
        // A source that is read while it changes gives a record again, newer: that is no contradiction.
        if (!before || !greatest_ || !(*before < *greatest_)) {
            repeats_.push_back(std::move(item));
            return;
        }
        flush(false);
    }
    const bool bad = !item.draft.errors.empty();
    inBatch_.insert(id);
    batch_.push_back(std::move(item));
    if (bad && rules_.stopOnError && !rules_.allOrNothing) flush(false);  // which ends the run
}

/// The mark of a row that came, whatever becomes of it.
void RouteRun::follow(const sdk::SourceRow& row) {
    if (!rules_.watermark) return;
    auto mark = markOf(row);
    if (!mark) {
        if (++withoutMark_ == 1)
            observer_.note(
                fmt::format("{} has no value of the type '{}' in the watermark's column '{}'; incremental "
                            "runs may not bring such rows",
                            row.place, toString(rules_.watermark->type), rules_.watermark->column));
        return;
    }
    if (mark->isAhead(startedAt_)) return tellAhead(row, *mark);
    if (greatest_ && *mark < *greatest_) {
        if (!rules_.watermark->ordered) return;
        greatest_.reset();
        database_.write([&](Poco::Data::Session& session) {
            RouteState state(session, rules_.routeId);
            if (state.isCurrent(memory_)) state.change(true);
        });
        throw Stop{RunEnd::OutOfOrder,
                   fmt::format("{}: '{}' is below the row before it, though the route says that rows ascend by '{}'.",
                               row.place, sources::shownValue(mark->text()), rules_.watermark->column),
                   "Order the rows by that column (ORDER BY), or take 'ordered' from the route's watermark. The next "
                   "run reads everything."};
    }
    if (!greatest_ || *greatest_ < *mark) greatest_ = std::move(mark);
}

/// The row is taken; only how far the route has read does not follow it.
void RouteRun::tellAhead(const sdk::SourceRow& row, const Mark& mark) {
    if (++out_.ahead > 1) return;
    out_.firstAheadPlace = row.place;
    out_.firstAhead = sources::shownValue(mark.text());
    observer_.note(fmt::format("{} has '{}' in the watermark's column '{}', which is in the future", row.place,
                               out_.firstAhead, rules_.watermark->column));
}

std::optional<Mark> RouteRun::markOf(const sdk::SourceRow& row) const {
    const auto& cell = rows_->cell(row, rules_.watermark->column);
    return cell ? Mark::of(rules_.watermark->type, *cell) : std::nullopt;
}

void RouteRun::tell(const RowError& error) {
    ++out_.counts.errors;
    observer_.error(error);
}

void RouteRun::reject(const sdk::SourceRow& row, const std::vector<RowError>& errors) {
    ++out_.counts.rejected;
    held_ = heldWith(row, std::move(held_));
    for (const auto& one : errors) tell(one);
    const auto& error = errors.front();
    auto& failures = out_.failuresOfColumn;
    if (error.column.empty() && out_.firstUnreadable.empty()) {
        out_.firstUnreadable = fmt::format("{}: {}", error.place, error.reason);
        out_.firstUnreadableFix = error.fix;
    }
    if (failures.size() < kColumnsCounted || failures.contains(error.column)) ++failures[error.column];
    if (rules_.stopOnError && !rules_.allOrNothing && badRow_.empty()) {
        badRow_ = fmt::format("{}: {} '{}' {}", error.place, error.column, error.value, error.reason);
        badRowFix_ = error.fix;
    }
}

void RouteRun::stopAtBadRow() const {
    if (!badRow_.empty()) throw Stop{RunEnd::BadRow, badRow_, badRowFix_};
}

/// What was refused is asked for again: the least mark of all that were, or the run's own beginning.
RouteRun::Held RouteRun::heldWith(const sdk::SourceRow& row, Held held) const {
    if (!rules_.watermark || held.atStart) return held;
    auto mark = row.cells.size() == rows_->width() ? markOf(row) : std::nullopt;
    if (!mark)
        held.atStart = true;
    else if (!held.least || *mark < *held.least)
        held.least = std::move(mark);
    return held;
}

bool RouteRun::isRepeat(const std::string& externalId) {
    if (!seen_.add(externalId)) return false;
    std::vector<std::string> found;
    database_.read([&](Poco::Data::Session& session) {
        found = RouteState(session, rules_.routeId)
                    .seenAlready(rules_.organization, rules_.mapping->source, rules_.mapping->target, {externalId},
                                 memory_.generation);
    });
    return !found.empty();
}

/// How far the route has read for good.
std::optional<std::string> RouteRun::watermarkNow(const Held& held, bool last) const {
    if (!rules_.watermark || !greatest_ || held.atStart) return std::nullopt;
    if (!last && !rules_.watermark->ordered) return std::nullopt;
    return (held.least && *held.least < *greatest_ ? *held.least : *greatest_).text();
}

/// Before the first row is written.
void RouteRun::requireKeys() {
    if (keysKnown_ || out_.counts.rows == 0) return;
    keysKnown_ = true;
    out_.absent = absentKeys(rules_, *reader_);
    if (!out_.absent.empty())
        throw Stop{RunEnd::DoesNotFit, "The source does not fit the route.", out_.absent.front().fix};
}

/// Writes what has been read. The watermark goes with it unless rows are left whose fate is not known yet.
void RouteRun::flush(bool last) {
    requireKeys();
    std::vector<Verdict> verdicts;
    const bool settled = repeats_.empty();
    if (!batch_.empty() || !refused_.empty() || (last && settled))
        database_.write([&](Poco::Data::Session& session) { verdicts = write(session, last && settled, settled); });
    for (std::size_t i = 0; i < verdicts.size(); ++i) judge(batch_[i], verdicts[i]);
    batch_.clear();
    inBatch_.clear();
    refused_.clear();
    if (!settled) {
        settleRepeats();
        database_.write([&](Poco::Data::Session& session) { write(session, last, true); });
    }
    observer_.progress(out_.counts);
    stopAtBadRow();
}

std::vector<Verdict> RouteRun::write(Poco::Data::Session& session, bool last, bool withWatermark) {
    const auto& mapping = *rules_.mapping;
    RouteState state(session, rules_.routeId);
    if (!state.isCurrent(memory_))
        throw Stop{RunEnd::Changed, "The route was changed or removed while it ran.", "Run it again as it is now."};
    std::vector<RecordDraft> drafts;  // made anew: the transaction may be run again from the start
    drafts.reserve(batch_.size());
    for (const auto& item : batch_) drafts.push_back(item.draft);
    auto verdicts = RecordWriter(session, rules_.organization, mapping.source, clock_.now()).write(drafts);

    std::vector<std::int64_t> brought;
    std::vector<std::string> refused = refused_;
    std::vector<KnownFile> files;
    Held held = held_;
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        if (verdicts[i].status == VerdictStatus::Rejected) {
            if (!records::checkExternalId(batch_[i].draft.externalId)) refused.push_back(batch_[i].draft.externalId);
            held = heldWith(batch_[i].row, std::move(held));
            continue;
        }
        brought.push_back(verdicts[i].id);
        if (batch_[i].file) files.push_back(*batch_[i].file);
    }
    state.addBrought(mapping.target, brought, memory_.generation);
    if (!refused.empty())
        state.touchBrought(mapping.target, state.idsOf(rules_.organization, mapping.source, mapping.target, refused),
                           memory_.generation);
    state.saveFiles(files);
    if (!withWatermark) return verdicts;
    if (const auto reached = watermarkNow(held, last)) saveWatermark(state, *reached, last);
    return verdicts;
}

void RouteRun::judge(const Item& item, const Verdict& verdict) {
    switch (verdict.status) {
        case VerdictStatus::Created:
            ++out_.counts.created;
            return;
        case VerdictStatus::Updated:
            ++out_.counts.updated;
            return;
        case VerdictStatus::Unchanged:
            ++out_.counts.unchanged;
            return;
        case VerdictStatus::Rejected:
            break;
    }
    std::vector<RowError> errors;
    for (const auto& error : verdict.errors) errors.push_back(rows_->locate(item.row, error));
    if (std::any_of(verdict.errors.begin(), verdict.errors.end(), isUnknownTarget)) ++out_.unknownTargets;
    reject(item.row, errors);
}

}  // namespace host::connections
