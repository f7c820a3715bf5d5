"""The questions of the form for team stories, printed and as sections of a story's page."""

from __future__ import annotations

# Heading of the page → question on the form. The team decides what becomes public.
QUESTIONS = {
    "Tổ chúng tôi": "Tổ ở thôn, xóm, phố nào, xã, phường nào? Có mấy người, mỗi người làm việc gì?",
    "Vì sao tổ bắt đầu": "Trước đó bà con hay vướng chuyện gì? Vì sao tổ chọn giúp việc ấy?",
    "Việc tổ đã làm": "Tổ làm những gì, ở đâu, từ ngày nào?",
    "Một lần đáng nhớ": "Kể một lần giúp bà con mà tổ nhớ nhất. Người ấy có cho kể không?",
    "Chỗ khó": "Khó nhất là gì? Tổ đã gỡ thế nào, hay còn đang vướng?",
    "Đếm được gì": "Mấy buổi, mấy người tự làm được, đến ngày nào? Không thì ghi: chưa đếm.",
    "Tổ khác làm theo được gì": "Tổ khác muốn làm theo thì bắt đầu từ việc nào?",
    "Tìm tổ ở đâu": "Bà con hỏi ai để gặp tổ? Ghi chức, nơi làm việc; không ghi số riêng.",
}
