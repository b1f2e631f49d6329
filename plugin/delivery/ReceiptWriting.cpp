#include "plugin/delivery/ReceiptWriting.h"

namespace plugin::delivery {

namespace {

/// The store as a whole on a night without news.
store::ReceiptFacts wholeOf(const std::map<std::int64_t, store::ReceiptFacts>& flows,
                            const std::map<std::int64_t, store::ReadFacts>& read) {
    store::ReceiptFacts whole;
    for (const auto& [flow, one] : flows) {
        whole.planned += one.planned;
        whole.waiting += one.waiting;
        whole.inDoubt += one.inDoubt;
        whole.quarantined += one.quarantined;
        whole.unsendable += one.unsendable;
        whole.accepted += one.accepted;
        whole.confirmed += one.confirmed;
        whole.differs += one.differs;
        whole.lost += one.lost;
        whole.voided += one.voided;
    }
    for (const auto& [flow, one] : read) {
        // Reading ends for a store and not for a flow: the last word holds.
        whole.read.mode = one.mode;
        whole.read.note = one.note;
        whole.read.asked += one.asked;
        whole.read.of += one.of;
        whole.read.unanswered += one.unanswered;
        whole.read.late += one.late;
    }
    return whole;
}

}  // namespace

void writeReceipts(const NightParts& parts, Night& night, const ProjectNight& project, store::ReceiptStore& receipts,
                   const FlowBatches& covered, const std::map<std::int64_t, store::ReadFacts>& read) {
    const auto& destination = *project.destination;
    auto flows = receipts.standing(destination.storeId, night.organization.id, project.project.id, night.runId);
    const auto upto = receipts.lastBatch(destination.storeId);
    std::int64_t written = 0;
    store::ReceiptRow last;
    const auto write = [&](store::ReceiptFacts& facts, const std::vector<store::ReceiptItem>& items) {
        facts.organization = night.organization.id;
        facts.project = project.project.id;
        facts.storeId = destination.storeId;
        facts.runId = night.runId;
        facts.at = parts.clock.now();
        last = receipts.write(facts, items);
        ++written;
        parts.at("receipt-written");
    };
    for (auto& [flow, facts] : flows) {
        const auto told = covered.find(flow);
        const auto items = receipts.news(destination.storeId, flow, told == covered.end() ? 0 : told->second, upto);
        if (items.empty()) continue;
        facts.uptoBatch = upto;
        if (const auto it = read.find(flow); it != read.end()) facts.read = it->second;
        write(facts, items);
    }
    if (written == 0) {
        auto whole = wholeOf(flows, read);
        write(whole, {});
    }
    night.count("receipts", written);
    // The log keeps the chain's head outside of the database that the chain is about.
    parts.logger.info("Receipts were written", {{"organization", night.organization.id},
                                                {"store", destination.storeId},
                                                {"run", std::to_string(night.runId)},
                                                {"receipts", std::to_string(written)},
                                                {"number", std::to_string(last.number)},
                                                {"hash", last.hash}});
}

}  // namespace plugin::delivery
