#pragma once
/// A host for tests of a module's parts: every service in memory, in this process, without threads of its own.
/// What runs for real elsewhere is not imitated here: the database is a real one, given by the test.
///
///     TestDatabase db;
///     FakeHostServices host(db);
///     host.organizations_.add(anOrganization("demo"));
///     auto answer = host.router_.call(Method::Get, "/api/v1/organizations/demo/…", asAdmin("demo"));

#include "common/NameFold.h"
#include "host/sdk/HostServices.h"
#include "tests/support/FakeClock.h"

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <atomic>
#include <chrono>
#include <deque>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <sstream>
#include <stdlib.h>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace tests {

using host::sdk::AppError;
using host::sdk::Micros;

class FakeSecrets : public host::sdk::Secrets {
public:
    std::optional<host::sdk::SecretString> get(const std::string& name) override {
        std::lock_guard lock(mutex_);
        auto it = values_.find(name);
        if (it == values_.end()) return std::nullopt;
        return host::sdk::SecretString(it->second);
    }
    void put(const std::string& name, const host::sdk::SecretString& value) override {
        std::lock_guard lock(mutex_);
        values_[name] = value.reveal();
    }
    void erase(const std::string& name) override {
        std::lock_guard lock(mutex_);
        values_.erase(name);
    }
    /// What is kept: name → value in clear.
    std::map<std::string, std::string> all() const {
        std::lock_guard lock(mutex_);
        return values_;
    }

private:
    mutable std::mutex mutex_;
    std::map<std::string, std::string> values_;
};

class RecordingJournal : public host::sdk::Journal {
public:
    void append(const host::sdk::JournalEntry& entry) override {
        std::lock_guard lock(mutex_);
        entries_.push_back(entry);
    }
    std::vector<host::sdk::JournalEntry> entries() const {
        std::lock_guard lock(mutex_);
        return entries_;
    }
    std::vector<std::string> actions() const {
        std::vector<std::string> out;
        for (const auto& e : entries()) out.push_back(e.action);
        return out;
    }
    /// Everything that was written, as one text: to prove that a secret isn't in it.
    std::string text() const {
        std::string out;
        for (const auto& e : entries()) out += e.actor + ' ' + e.action + ' ' + e.subject + ' ' + e.details + '\n';
        return out;
    }

private:
    mutable std::mutex mutex_;
    std::vector<host::sdk::JournalEntry> entries_;
};

class RecordingLogger : public host::sdk::Logger {
public:
    void log(host::sdk::LogLevel level, std::string_view message,
             const host::sdk::LogFields& fields) noexcept override {
        try {
            std::string line(message);
            for (const auto& [k, v] : fields) line += ' ' + k + '=' + v;
            std::lock_guard lock(mutex_);
            lines_.emplace_back(level, std::move(line));
        } catch (const std::exception&) {
            lost_ = true;
        }
    }
    std::string text() const {
        std::lock_guard lock(mutex_);
        std::string out;
        for (const auto& [level, line] : lines_) out += line + '\n';
        return out;
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::pair<host::sdk::LogLevel, std::string>> lines_;
    std::atomic<bool> lost_{false};
};

class FakeMetrics : public host::sdk::Metrics {
public:
    void add(std::string_view name, double value, const host::sdk::MetricLabels&) noexcept override {
        std::lock_guard lock(mutex_);
        values_[std::string(name)] += value;
    }
    void set(std::string_view name, double value, const host::sdk::MetricLabels&) noexcept override {
        std::lock_guard lock(mutex_);
        values_[std::string(name)] = value;
    }
    /// Sum over all labels.
    double value(const std::string& name) const {
        std::lock_guard lock(mutex_);
        auto it = values_.find(name);
        return it == values_.end() ? 0.0 : it->second;
    }

private:
    mutable std::mutex mutex_;
    std::map<std::string, double> values_;
};

class FakeHealth : public host::sdk::HealthRegistry {
public:
    [[nodiscard]] host::sdk::Registration add(const std::string& name,
                                              std::function<host::sdk::HealthStatus()> check) override {
        checks_[name] = std::move(check);
        return host::sdk::Registration([this, name] { checks_.erase(name); });
    }
    std::map<std::string, std::function<host::sdk::HealthStatus()>> checks_;
};

/// Alarms in memory: every call is kept, in order, and what is open now.
class FakeAlarms : public host::sdk::Alarms {
public:
    void raise(const host::sdk::Alarm& alarm) override {
        std::lock_guard lock(mutex_);
        raised_.push_back(alarm);
        auto [it, fresh] = open_.try_emplace(alarm.key, alarm);
        if (fresh) return;
        it->second.title = alarm.title;
        it->second.detail = alarm.detail;
        it->second.fix = alarm.fix;
    }
    void clear(const std::string& key) override {
        std::lock_guard lock(mutex_);
        cleared_.push_back(key);
        open_.erase(key);
    }
    /// By key.
    std::map<std::string, host::sdk::Alarm> open() const {
        std::lock_guard lock(mutex_);
        return open_;
    }
    bool isOpen(const std::string& key) const {
        std::lock_guard lock(mutex_);
        return open_.contains(key);
    }
    std::vector<host::sdk::Alarm> raised() const {
        std::lock_guard lock(mutex_);
        return raised_;
    }
    std::vector<std::string> cleared() const {
        std::lock_guard lock(mutex_);
        return cleared_;
    }

private:
    mutable std::mutex mutex_;
    std::map<std::string, host::sdk::Alarm> open_;
    std::vector<host::sdk::Alarm> raised_;
    std::vector<std::string> cleared_;
};

/// Pages by id; what is registered twice is a mistake of the module.
class FakePages : public host::sdk::Pages {
public:
    [[nodiscard]] host::sdk::Registration add(const host::sdk::Page& page) override {
        if (!pages_.try_emplace(page.id, page).second)
            throw AppError::conflict("page.taken", "There is a page '" + page.id + "' already.");
        return host::sdk::Registration([this, id = page.id] { pages_.erase(id); });
    }
    std::map<std::string, host::sdk::Page> pages_;
};

/// Rules by profile.
class FakeParticipation : public host::sdk::Participation {
public:
    [[nodiscard]] host::sdk::Registration add(const host::sdk::ParticipationRule& rule) override {
        rules_[rule.profile] = rule;
        return host::sdk::Registration([this, profile = rule.profile] { rules_.erase(profile); });
    }
    std::map<std::string, host::sdk::ParticipationRule> rules_;
};

/// Letters in memory: what was sent, or what the test says goes wrong.
class FakeMail : public host::sdk::Mail {
public:
    std::string whyNot(const std::string&, const std::string& language) override {
        return language == "en" ? whyNotInEnglish_ : whyNot_;
    }
    host::sdk::SentLetter send(const host::sdk::Letter& letter) override {
        std::lock_guard lock(mutex_);
        tried_.push_back(letter);
        if (failure_) throw AppError(*failure_);
        return {"lms@example.org", letter.to, at_};
    }
    std::vector<host::sdk::Letter> tried() const {
        std::lock_guard lock(mutex_);
        return tried_;
    }

    std::string whyNot_, whyNotInEnglish_;
    std::optional<AppError> failure_;
    Micros at_ = 0;

private:
    mutable std::mutex mutex_;
    std::vector<host::sdk::Letter> tried_;
};

class FakeTaskContext : public host::sdk::TaskContext {
public:
    FakeTaskContext(std::string runId, std::string trigger, std::string by, std::string arguments)
        : runId_(std::move(runId)),
          trigger_(std::move(trigger)),
          by_(std::move(by)),
          arguments_(std::move(arguments)) {}
    std::stop_token stop() const override { return source_.get_token(); }
    const std::string& runId() const override { return runId_; }
    const std::string& trigger() const override { return trigger_; }
    const std::string& requestedBy() const override { return by_; }
    const std::string& arguments() const override { return arguments_; }
    void count(const std::string& name, std::int64_t value) override { counts_[name] = value; }

    std::stop_source source_;
    std::map<std::string, std::int64_t> counts_;

private:
    std::string runId_, trigger_, by_, arguments_;
};

/// Runs everything on the caller's thread: background work at once (or, with `hold_`, when the test says so), a job
/// when it is told to run now.
class InlineScheduler : public host::sdk::Scheduler {
public:
    [[nodiscard]] host::sdk::Registration cron(const host::sdk::CronJob& job, host::sdk::Task task) override {
        jobs_[job.name] = job;
        tasks_[job.name] = std::move(task);
        return host::sdk::Registration([this, name = job.name] {
            jobs_.erase(name);
            tasks_.erase(name);
        });
    }
    std::string runNow(const std::string& name, const std::string& argumentsJson,
                       const std::string& requestedBy) override {
        auto it = tasks_.find(name);
        if (it == tasks_.end()) throw AppError::notFound("There is no job '" + name + "'.");
        auto context = std::make_shared<FakeTaskContext>("run-" + std::to_string(runs_.size() + 1), "manual",
                                                         requestedBy, argumentsJson.empty() ? "{}" : argumentsJson);
        runs_.push_back(context);
        it->second(*context);
        return context->runId();
    }
    void background(const std::string& name, std::function<void(std::stop_token)> work) override {
        if (full_) throw AppError::unavailable("scheduler.full", "All workers are busy; try again in a minute.");
        if (hold_) {
            held_.emplace_back(name, std::move(work));
            return;
        }
        work(stop_.get_token());
    }
    /// Runs what was held back, in order.
    void runHeld() {
        while (!held_.empty()) {
            auto work = std::move(held_.front().second);
            held_.pop_front();
            work(stop_.get_token());
        }
    }

    bool hold_ = false;
    bool full_ = false;
    std::stop_source stop_;
    std::map<std::string, host::sdk::CronJob> jobs_;
    std::vector<std::shared_ptr<FakeTaskContext>> runs_;
    std::deque<std::pair<std::string, std::function<void(std::stop_token)>>> held_;

private:
    std::map<std::string, host::sdk::Task> tasks_;
};

class FakeOrganizations : public host::sdk::Organizations {
public:
    std::vector<host::sdk::Organization> all() override { return organizations_; }
    std::optional<host::sdk::Organization> find(const std::string& id) override {
        for (const auto& o : organizations_)
            if (o.id == id) return o;
        return std::nullopt;
    }
    std::vector<host::sdk::Project> projects() override { return projects_; }
    std::optional<host::sdk::Project> project(const std::string& id) override {
        for (const auto& p : projects_)
            if (p.id == id) return p;
        return std::nullopt;
    }
    void add(host::sdk::Organization organization) { organizations_.push_back(std::move(organization)); }

    std::vector<host::sdk::Organization> organizations_;
    std::vector<host::sdk::Project> projects_;
};

/// An organisation with every fact there, open to БАС.
inline host::sdk::Organization anOrganization(const std::string& id) {
    host::sdk::Organization o;
    o.id = id;
    o.legalName = "АНО ДПО «Высота»";
    o.fullName = "Автономная некоммерческая организация «Высота»";
    o.tariff = "professional";
    o.participation = {"bas"};
    o.projects = {"bas"};
    o.activityBase = "https://lms.example.org";
    o.responsibleName = "Петрова Анна Сергеевна";
    o.responsiblePhone = "+7 900 000-00-00";
    o.responsibleEmail = "petrova@example.org";
    o.corporateEmail = "lms@example.org";
    return o;
}

inline host::sdk::Project aProject(const std::string& id, const std::string& title, const std::string& profile) {
    host::sdk::Project p;
    p.id = id;
    p.title = title;
    p.profile = profile;
    return p;
}

/// Records given by the test; the pages come in pieces of `pageSize_`.
class FakeRecords : public host::sdk::Records {
public:
    std::vector<host::sdk::Programme> programmes(const std::string&, const std::string& project) override {
        std::vector<host::sdk::Programme> out;
        for (const auto& p : programmes_)
            if (!p.deleted && (project.empty() || p.project == project)) out.push_back(p);
        return out;
    }
    std::vector<host::sdk::Flow> flows(const std::string&, host::sdk::RecordId programmeId) override {
        std::vector<host::sdk::Flow> out;
        for (const auto& f : flows_)
            if (!f.deleted && f.programmeId == programmeId) out.push_back(f);
        return out;
    }
    std::optional<host::sdk::FlowStructure> structure(const std::string&, host::sdk::RecordId flowId) override {
        for (const auto& s : structures_)
            if (s.flow.id == flowId) return s;
        return std::nullopt;
    }
    std::vector<host::sdk::Learner> learners(const std::string&, host::sdk::RecordId flowId) override {
        std::vector<host::sdk::Learner> out;
        for (const auto& l : learners_)
            for (const auto& e : enrollments_)
                if (e.learnerId == l.id && e.flowId == flowId && !e.deleted) out.push_back(l);
        return out;
    }
    std::vector<host::sdk::Enrollment> enrollments(const std::string&, host::sdk::RecordId flowId) override {
        std::vector<host::sdk::Enrollment> out;
        for (const auto& e : enrollments_)
            if (e.flowId == flowId) out.push_back(e);
        return out;
    }
    std::optional<host::sdk::Learner> learner(const std::string&, host::sdk::RecordId learnerId) override {
        for (const auto& l : learners_)
            if (l.id == learnerId) return l;
        return std::nullopt;
    }
    void results(const std::string&, host::sdk::RecordId flowId, host::sdk::RecordId afterId,
                 const std::function<bool(std::span<const host::sdk::Result>)>& page) override {
        pages(results_, flowId, afterId, page);
    }
    void views(const std::string&, host::sdk::RecordId flowId, host::sdk::RecordId afterId,
               const std::function<bool(std::span<const host::sdk::View>)>& page) override {
        pages(views_, flowId, afterId, page);
    }
    void openings(const std::string&, host::sdk::RecordId flowId, host::sdk::RecordId afterId,
                  const std::function<bool(std::span<const host::sdk::Opening>)>& page) override {
        pages(openings_, flowId, afterId, page);
    }
    void reflections(const std::string&, host::sdk::RecordId flowId, host::sdk::RecordId afterId,
                     const std::function<bool(std::span<const host::sdk::Reflection>)>& page) override {
        pages(reflections_, flowId, afterId, page);
    }
    std::vector<host::sdk::File> files(const std::string&, const std::vector<host::sdk::RecordId>& ids) override {
        std::vector<host::sdk::File> out;
        for (const auto& f : files_)
            if (std::find(ids.begin(), ids.end(), f.id) != ids.end()) out.push_back(f);
        return out;
    }
    /// A person's replaces what the learner has; taking it back leaves none. What sources say later is the real
    /// store's.
    std::vector<host::sdk::UntiIdOutcome> assignUntiIds(const std::string&,
                                                        std::span<const host::sdk::UntiIdAssignment> assignments,
                                                        const std::string& who) override {
        using enum host::sdk::UntiIdVerdict;
        std::vector<host::sdk::UntiIdOutcome> out;
        for (const auto& wanted : assignments) {
            auto member = wanted.test ? &host::sdk::Learner::testUntiId : &host::sdk::Learner::untiId;
            host::sdk::Learner* learner = nullptr;
            host::sdk::RecordId other = 0;
            for (auto& l : learners_) {
                if (l.deleted) continue;
                if (l.id == wanted.learnerId)
                    learner = &l;
                else if (!wanted.untiId.empty() && l.*member == wanted.untiId)
                    other = l.id;
            }
            if (learner == nullptr) {
                out.push_back({NoLearner, 0});
            } else if (!wanted.untiId.empty() && learner->*member == wanted.untiId) {
                out.push_back({Same, 0});
            } else if (learner->*member != wanted.current) {
                out.push_back({Changed, 0});
            } else if (other != 0) {
                out.push_back({Taken, other});
            } else {
                learner->*member = wanted.untiId;
                ++learner->revision;
                std::erase_if(assigned_,
                              [&](const auto& a) { return a.learnerId == learner->id && a.test == wanted.test; });
                if (!wanted.untiId.empty())
                    assigned_.push_back({learner->id, wanted.test, wanted.untiId, wanted.untiId, who, 0});
                out.push_back({wanted.untiId.empty() ? TakenBack : Assigned, 0});
            }
        }
        return out;
    }
    std::vector<host::sdk::AssignedUntiId> assignedUntiIds(const std::string&) override { return assigned_; }

    std::vector<host::sdk::AssignedUntiId> assigned_;
    std::vector<host::sdk::Programme> programmes_;
    std::vector<host::sdk::Flow> flows_;
    std::vector<host::sdk::FlowStructure> structures_;
    std::vector<host::sdk::Learner> learners_;
    std::vector<host::sdk::Enrollment> enrollments_;
    std::vector<host::sdk::Result> results_;  ///< in order of id, like the others below
    std::vector<host::sdk::View> views_;
    std::vector<host::sdk::Opening> openings_;
    std::vector<host::sdk::Reflection> reflections_;
    std::vector<host::sdk::File> files_;
    std::size_t pageSize_ = 1000;

private:
    template <class T>
    void pages(const std::vector<T>& all, host::sdk::RecordId flowId, host::sdk::RecordId afterId,
               const std::function<bool(std::span<const T>)>& page) const {
        std::vector<T> piece;
        for (const auto& one : all) {
            if (one.flowId != flowId || one.id <= afterId) continue;
            piece.push_back(one);
            if (piece.size() < pageSize_) continue;
            if (!page(piece)) return;
            piece.clear();
        }
        if (!piece.empty()) page(piece);
    }
};

/// Names of the records above: of learners, flows, and of elements, themes and modules of structures.
class FakeRecordNames : public host::sdk::RecordNames {
public:
    explicit FakeRecordNames(const FakeRecords& records) : records_(records) {}
    std::vector<host::sdk::RecordNamesOf> names(const std::string&,
                                                std::span<const host::sdk::RecordMention> mentions) override {
        ++asked_;
        std::vector<host::sdk::RecordNamesOf> out;
        for (const auto& mention : mentions) out.push_back(namesOf(mention));
        return out;
    }
    std::vector<host::sdk::RecordId> learnersLike(const std::string&, const std::string& part,
                                                  host::sdk::RecordId afterId, std::size_t limit) override {
        std::vector<host::sdk::RecordId> out;
        for (const auto& l : records_.learners_) {
            const auto line = common::foldName(nameOf(l) + ' ' + l.externalId + ' ' + l.untiId);
            if (l.id > afterId && out.size() < limit && line.find(common::foldName(part)) != std::string::npos)
                out.push_back(l.id);
        }
        return out;
    }
    int asked_ = 0;  ///< pages of names

private:
    static std::string nameOf(const host::sdk::Learner& l) {
        std::string name = l.lastName;
        for (const auto& part : {l.firstName, l.middleName})
            if (!part.empty()) name += (name.empty() ? "" : " ") + part;
        return name;
    }
    template <class T>
    static host::sdk::RecordId elementIn(const std::vector<T>& all, host::sdk::RecordId id) {
        for (const auto& one : all)
            if (one.id == id) return one.elementId;
        return 0;
    }
    host::sdk::RecordNamesOf namesOf(const host::sdk::RecordMention& mention) const {
        host::sdk::RecordNamesOf names;
        for (const auto& l : records_.learners_)
            if (l.id == mention.learnerId) names.learner = nameOf(l), names.learnerExternalId = l.externalId;
        for (const auto& f : records_.flows_)
            if (f.id == mention.flowId) names.flow = f.title;
        host::sdk::RecordId element = mention.kind == "element" ? mention.id : 0, module = 0;
        if (mention.kind == "result") element = elementIn(records_.results_, mention.id);
        if (mention.kind == "view") element = elementIn(records_.views_, mention.id);
        if (mention.kind == "opening") element = elementIn(records_.openings_, mention.id);
        if (mention.kind == "module") module = mention.id;
        for (const auto& structure : records_.structures_) {
            if (structure.flow.id != mention.flowId) continue;
            if (names.flow.empty()) names.flow = structure.flow.title;
            for (const auto& e : structure.elements)
                if (e.id == element) names.element = e.title, module = e.moduleId.value_or(module);
            for (const auto& m : structure.modules)
                if (m.id == module) names.module = m.title;
        }
        return names;
    }
    const FakeRecords& records_;
};

/// Files by hash in memory; the module's folder is a temporary one, removed at the end.
class FakeFiles : public host::sdk::Files {
public:
    FakeFiles() {
        std::string name = (std::filesystem::temp_directory_path() / "lmsd-files-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("A temporary folder can't be made.");
        folder_ = name;
    }
    ~FakeFiles() override {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    std::unique_ptr<std::istream> open(const std::string&, const std::string& sha256) override {
        auto it = bytes_.find(sha256);
        if (it == bytes_.end()) throw AppError::notFound("The file is gone.");
        return std::make_unique<std::istringstream>(it->second);
    }
    std::filesystem::path moduleFolder() override { return folder_; }

    std::map<std::string, std::string> bytes_;

private:
    std::filesystem::path folder_;
};

/// Answers given by the test, request by request; every request is kept. `answer_` may throw OutboundError.
class ScriptedHttp : public host::sdk::OutboundHttp {
public:
    struct Seen {
        std::string method, url, body;
        std::vector<std::pair<std::string, std::string>> headers;
        bool typedByPerson = false;
        std::string header(const std::string& name) const {
            for (const auto& [k, v] : headers)
                if (k == name) return v;
            return {};
        }
    };
    host::sdk::OutboundResponse send(const host::sdk::OutboundRequest& request) override {
        Seen seen{request.method, request.url, std::string(request.body), request.headers, request.typedByPerson};
        if (request.bodySource) {
            seen.body.resize(request.bodyLength);
            std::size_t at = 0;
            while (at < seen.body.size()) {
                std::size_t n = request.bodySource(seen.body.data() + at, seen.body.size() - at);
                if (n == 0) break;
                at += n;
            }
        }
        {
            std::lock_guard lock(mutex_);
            seen_.push_back(seen);
        }
        if (!answer_)
            throw host::sdk::OutboundError(host::sdk::OutboundError::Kind::Refused, false,
                                           "Nobody listens at " + request.url);
        return answer_(request);
    }
    std::vector<Seen> seen() const {
        std::lock_guard lock(mutex_);
        return seen_;
    }
    static host::sdk::OutboundResponse answer(int status, std::string body,
                                              const std::string& type = "application/json") {
        host::sdk::OutboundResponse r;
        r.status = status;
        r.headers = {{"content-type", type}};
        r.body = std::move(body);
        r.elapsed = std::chrono::milliseconds(5);
        return r;
    }

    std::function<host::sdk::OutboundResponse(const host::sdk::OutboundRequest&)> answer_;

private:
    mutable std::mutex mutex_;
    std::vector<Seen> seen_;
};

inline host::sdk::Principal withRole(const std::string& organization, host::sdk::Role role,
                                     const std::string& login = "anna") {
    host::sdk::Principal p;
    p.login = login;
    p.signedIn = true;
    p.roles[organization] = role;
    return p;
}
inline host::sdk::Principal asAdmin(const std::string& organization, const std::string& login = "anna") {
    return withRole(organization, host::sdk::Role::OrganizationAdmin, login);
}
inline host::sdk::Principal asServerAdmin() {
    host::sdk::Principal p;
    p.login = "root";
    p.signedIn = true;
    p.serverAdmin = true;
    return p;
}

struct FakeCall {
    std::string body = {};
    std::vector<std::pair<std::string, std::string>> headers = {};  ///< names in lower case
    std::string language = "ru";
};

/// Routes in this process with the host's rules: access, 428, AppError as problem+json.
class FakeRouter : public host::sdk::Router {
public:
    struct Route {
        host::sdk::Method method;
        std::vector<std::string> parts;
        std::string path;
        host::sdk::RouteOptions options;
        host::sdk::Handler handler;
    };
    struct Answer {
        int status = 0;
        std::string body;
        std::string contentType;
        std::vector<std::pair<std::string, std::string>> headers;

        std::string header(const std::string& name) const {
            for (const auto& [k, v] : headers)
                if (k == name) return v;
            return {};
        }
        std::string etag() const { return header("ETag"); }
        Poco::JSON::Object::Ptr json() const {
            return Poco::JSON::Parser().parse(body).extract<Poco::JSON::Object::Ptr>();
        }
        std::string code() const { return json()->optValue<std::string>("code", ""); }
    };

    [[nodiscard]] host::sdk::Registration add(host::sdk::Method method, const std::string& path,
                                              host::sdk::RouteOptions options, host::sdk::Handler handler) override {
        for (const auto& [id, r] : routes_)
            if (r.method == method && r.path == path) throw AppError(500, "internal", "The route is taken: " + path);
        int id = ++last_;
        routes_[id] = Route{method, split(path), path, std::move(options), std::move(handler)};
        return host::sdk::Registration([this, id] { routes_.erase(id); });
    }

    /// `target` may carry a query, not encoded.
    Answer call(host::sdk::Method method, const std::string& target, const host::sdk::Principal& who,
                const FakeCall& call = {}) {
        host::sdk::Request request;
        request.method = method;
        auto mark = target.find('?');
        request.path = target.substr(0, mark);
        if (mark != std::string::npos) {
            std::istringstream pieces(target.substr(mark + 1));
            for (std::string piece; std::getline(pieces, piece, '&');) {
                auto eq = piece.find('=');
                request.query.emplace_back(piece.substr(0, eq), eq == std::string::npos ? "" : piece.substr(eq + 1));
            }
        }
        request.headers = call.headers;
        request.body = call.body;
        request.principal = who;
        request.requestId = "request-1";
        request.clientAddress = "192.0.2.7";
        request.language = call.language;
        auto parts = split(request.path);
        const Route* best = nullptr;
        std::map<std::string, std::string> bestParameters;
        for (const auto& [id, route] : routes_) {
            std::map<std::string, std::string> parameters;
            if (route.method != method || !match(route.parts, parts, parameters)) continue;
            if (best != nullptr && parameters.size() >= bestParameters.size()) continue;  // a literal wins
            best = &route;
            bestParameters = std::move(parameters);
        }
        if (best == nullptr) return problem(AppError::notFound("There is no such path."));
        request.pathParameters = std::move(bestParameters);
        try {
            admit(*best, request);
            return answerOf(best->handler(request));
        } catch (const AppError& e) {
            return problem(e);
        }
    }

    std::vector<Route> routes() const {
        std::vector<Route> out;
        for (const auto& [id, r] : routes_) out.push_back(r);
        return out;
    }

private:
    static std::vector<std::string> split(const std::string& path) {
        std::vector<std::string> out;
        std::istringstream in(path);
        for (std::string part; std::getline(in, part, '/');)
            if (!part.empty()) out.push_back(part);
        return out;
    }
    static bool match(const std::vector<std::string>& pattern, const std::vector<std::string>& parts,
                      std::map<std::string, std::string>& parameters) {
        if (pattern.size() != parts.size()) return false;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (pattern[i].front() == '{')
                parameters[pattern[i].substr(1, pattern[i].size() - 2)] = parts[i];
            else if (pattern[i] != parts[i])
                return false;
        }
        return true;
    }
    static void admit(const Route& route, const host::sdk::Request& request) {
        const auto& who = request.principal;
        const auto& o = route.options;
        if (o.access != host::sdk::Access::Public && !who.signedIn) throw AppError::unauthorized("Sign in first.");
        if (o.access == host::sdk::Access::ServerAdmin && !who.serverAdmin)
            throw AppError::forbidden("Only the server's administrator may do this.");
        if (o.access == host::sdk::Access::Organization && !(o.serverAdminToo && who.serverAdmin)) {
            const auto& org = request.parameter("org");
            if (!who.may(org, host::sdk::Role::Viewer)) throw AppError::notFound("There is no such organization.");
            if (!who.may(org, o.least)) throw AppError::forbidden("This needs a higher role in the organization.");
        }
        if (o.requireIfMatch && !request.header("if-match"))
            throw AppError(428, "precondition-required", "Send If-Match with the ETag of the last answer.");
    }
    static Answer answerOf(host::sdk::Response&& r) {
        Answer a;
        a.status = r.status;
        a.contentType = r.contentType;
        a.headers = std::move(r.headers);
        a.body = std::move(r.body);
        if (r.stream) {
            std::ostringstream out;
            r.stream(out);
            a.body = out.str();
        }
        if (!r.file.empty()) {
            std::ifstream in(r.file, std::ios::binary);
            std::ostringstream out;
            out << in.rdbuf();
            a.body = out.str();
        }
        return a;
    }
    static Answer problem(const AppError& e) {
        Poco::JSON::Object::Ptr json = new Poco::JSON::Object;
        json->set("code", e.code());
        json->set("status", e.status());
        json->set("detail", std::string(e.what()));
        Poco::JSON::Array::Ptr errors = new Poco::JSON::Array;
        for (const auto& f : e.errors()) {
            Poco::JSON::Object::Ptr one = new Poco::JSON::Object;
            one->set("pointer", f.pointer);
            one->set("reason", f.reason);
            one->set("fix", f.fix);
            errors->add(one);
        }
        json->set("errors", errors);
        if (!e.current().empty()) json->set("current", Poco::JSON::Parser().parse(e.current()));
        Answer a;
        a.status = e.status();
        a.contentType = "application/problem+json";
        std::ostringstream out;
        json->stringify(out);
        a.body = out.str();
        return a;
    }

    std::map<int, Route> routes_;
    int last_ = 0;
};

class FakeHostServices : public host::sdk::HostServices {
public:
    explicit FakeHostServices(host::sdk::Database& database) : database_(database) {}
    FakeHostServices(host::sdk::Database& database, host::sdk::Micros now) : clock_(now), database_(database) {}

    host::sdk::Router& router() override { return router_; }
    host::sdk::Scheduler& scheduler() override { return scheduler_; }
    host::sdk::Database& database() override { return database_; }
    host::sdk::Records& records() override { return records_; }
    host::sdk::Organizations& organizations() override { return organizations_; }
    host::sdk::Files& files() override { return files_; }
    host::sdk::Secrets& secrets() override { return secrets_; }
    host::sdk::OutboundHttp& outboundHttp() override { return http_; }
    host::sdk::Journal& journal() override { return journal_; }
    host::sdk::Logger& logger() override { return logger_; }
    host::sdk::Metrics& metrics() override { return metrics_; }
    host::sdk::HealthRegistry& health() override { return health_; }
    const host::sdk::Clock& clock() override { return clock_; }
    const std::string& installationId() override { return installationId_; }
    host::sdk::Alarms& alarms() override { return alarms_; }
    host::sdk::Pages& pages() override { return pages_; }
    host::sdk::Mail& mail() override { return mail_; }
    host::sdk::Participation& participation() override { return participation_; }
    host::sdk::RecordNames& recordNames() override { return recordNames_; }

    FakeRouter router_;
    InlineScheduler scheduler_;
    FakeRecords records_;
    FakeRecordNames recordNames_{records_};
    FakeOrganizations organizations_;
    FakeFiles files_;
    FakeSecrets secrets_;
    ScriptedHttp http_;
    RecordingJournal journal_;
    RecordingLogger logger_;
    FakeMetrics metrics_;
    FakeHealth health_;
    FakeAlarms alarms_;
    FakePages pages_;
    FakeMail mail_;
    FakeParticipation participation_;
    FakeClock clock_;
    std::string installationId_ = "6f1ab7f4-9d0c-4a51-8d4e-2c5b64c3a001";

private:
    host::sdk::Database& database_;
};

}  // namespace tests
