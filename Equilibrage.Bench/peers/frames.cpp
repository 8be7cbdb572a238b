// The limit: simdjson (on demand) reads frames, one a line, and applies their levels to sorted arrays of integers. Prints
// its version, the nanoseconds per frame (best of many rounds) and a sum over the books.
// Usage: frames FILE ROUNDS          Build: g++ -O3 -march=native -o frames frames.cpp -lsimdjson
#include <simdjson.h>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

using namespace simdjson;

struct Level { long long price, size; };

struct Ladder {
    std::vector<Level> levels;
    bool bids;

    void set(long long price, long long size) {
        auto at = std::lower_bound(levels.begin(), levels.end(), price, [this](const Level &level, long long wanted) {
            return bids ? level.price > wanted : level.price < wanted;
        });
        const bool exists = at != levels.end() && at->price == price;
        if (size == 0) { if (exists) levels.erase(at); }
        else if (exists) at->size = size;
        else levels.insert(at, {price, size});
    }
};

struct Book { Ladder bids{{}, true}, asks{{}, false}; };

// Straight from the bytes between the quotation marks: decimals hold no escapes.
static long long micros(ondemand::raw_json_string text) {
    static const long long scale[] = {1000000, 100000, 10000, 1000, 100, 10, 1};
    long long value = 0;
    const char *at = text.raw();
    for (; unsigned(*at - '0') < 10; at++) value = value * 10 + (*at - '0');
    if (*at != '.') return value * scale[0];
    const char *point = at++;
    for (; unsigned(*at - '0') < 10; at++) value = value * 10 + (*at - '0');
    return value * scale[at - point - 1];
}

static constexpr size_t PLACES = 4096;
static std::vector<std::pair<std::string, Book>> books(PLACES);

// A token's last eight digits are a hash of it.
static Book &book_of(std::string_view token) {
    unsigned long long word = 0;
    std::memcpy(&word, token.data() + (token.size() < 8 ? 0 : token.size() - 8), std::min<size_t>(8, token.size()));
    for (size_t place = word * 0x9E3779B97F4A7C15ULL >> 52;; place = (place + 1) % PLACES) {
        auto &entry = books[place];
        if (entry.first == token) return entry.second;
        if (entry.first.empty()) { entry.first = token; return entry.second; }
    }
}

static void replace(Ladder &ladder, ondemand::array list) {
    ladder.levels.clear();
    for (ondemand::object level : list) {
        long long price = 0, size = 0;
        for (auto field : level) {
            const ondemand::raw_json_string key = field.key();
            if (key == "price") price = micros(field.value().get_raw_json_string());
            else if (key == "size") size = micros(field.value().get_raw_json_string());
        }
        ladder.levels.push_back({price, size});
    }
    std::reverse(ladder.levels.begin(), ladder.levels.end());
    const auto better = [&ladder](const Level &left, const Level &right) {
        return ladder.bids ? left.price > right.price : left.price < right.price;
    };
    if (!std::is_sorted(ladder.levels.begin(), ladder.levels.end(), better))
        std::sort(ladder.levels.begin(), ladder.levels.end(), better);
}

static void apply_change(ondemand::object change) {
    std::string_view token;
    ondemand::raw_json_string price, size, side;
    for (auto field : change) {
        const ondemand::raw_json_string key = field.key();
        if (key == "asset_id") token = field.value().get_string();
        else if (key == "price") price = field.value().get_raw_json_string();
        else if (key == "size") size = field.value().get_raw_json_string();
        else if (key == "side") side = field.value().get_raw_json_string();
    }
    Book &book = book_of(token);
    (side.raw()[0] == 'B' ? book.bids : book.asks).set(micros(price), micros(size));
}

static void apply_event(ondemand::object event) {
    Book *book = nullptr;
    for (auto field : event) {
        const ondemand::raw_json_string key = field.key();
        if (key == "price_changes") for (ondemand::object change : field.value().get_array()) apply_change(change);
        else if (key == "asset_id") book = &book_of(field.value().get_string());
        else if (key == "bids" && book != nullptr) replace(book->bids, field.value());
        else if (key == "asks" && book != nullptr) replace(book->asks, field.value());
    }
}

int main(int count, char **arguments) {
    if (count != 3) return 2;
    std::vector<padded_string> frames;
    std::ifstream file(arguments[1]);
    for (std::string line; std::getline(file, line);)
        if (!line.empty()) frames.emplace_back(line);
    const int rounds = std::atoi(arguments[2]);
    const size_t passes = std::max<size_t>(1, 2000 / frames.size());
    ondemand::parser parser;
    double best = 1e18;
    for (int round = 0; round < rounds; round++) {
        const auto began = std::chrono::steady_clock::now();
        for (size_t pass = 0; pass < passes; pass++)
            for (const auto &frame : frames) {
                ondemand::document document = parser.iterate(frame);
                if (document.type() == ondemand::json_type::array)
                    for (ondemand::object event : document.get_array()) apply_event(event);
                else apply_event(document.get_object());
            }
        const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - began;
        best = std::min(best, taken.count() / double(frames.size() * passes));
    }
    long long sum = 0;
    for (const auto &item : books) for (const auto *ladder : {&item.second.bids, &item.second.asks})
        for (const auto &level : ladder->levels) sum += level.price ^ level.size;
    std::printf("simdjson-%d.%d.%d %.3f %lld\n", SIMDJSON_VERSION_MAJOR, SIMDJSON_VERSION_MINOR, SIMDJSON_VERSION_REVISION,
                best, sum);
}
