import QtQuick
import Marea
import Marea.App

// What was sold, as a table in a file.
Column {
    id: part
    required property AppContext app
    readonly property SellingViewModel selling: app.store.selling
    SaveFile { id: saver; folder: part.selling.folder }
    Setting {
        stacked: true
        title: qsTr("Sales report")
        explanation: qsTr("Every receipt with its day, buyer, product, price and whether it was refunded, as a CSV table.")
        Flow {
            width: part.width
            spacing: 8
            Field { id: from; width: 170; label: qsTr("From, or empty"); placeholderText: qsTr("From 2026-01-01"); maximumLength: 10 }
            Field { id: until; width: 170; label: qsTr("To, or empty"); placeholderText: qsTr("To 2026-12-31"); maximumLength: 10 }
            AppButton { iconName: "download"; text: qsTr("Save as CSV…"); onClicked: saver.ask(qsTr("Save the sales report"), "sales.csv", (file) => part.selling.saveSales(from.text, until.text, file)) }
        }
    }
}
