import QtQuick
import Marea

// One order that is not what it was: what became of the money, and of what was bought.
Sheet {
    id: sheet
    property string stateText: ""
    property string price: ""
    property string detail: ""
    property string fate: ""
    property string productId: ""
    signal storeWanted()
    wide: 420
    first: done
    function tell(row, back) {
        title = row.title
        stateText = row.stateText
        price = row.price
        detail = row.detail
        fate = row.fate
        productId = row.productId
        show(back)
    }
    Label { width: parent.width; text: sheet.stateText + "  ·  " + sheet.price; weight: Font.Medium; wrapMode: Text.Wrap; elide: Text.ElideNone; tabular: true }
    Label { width: parent.width; text: sheet.fate; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.StaticText; Accessible.name: text }
    Label { width: parent.width; text: sheet.detail; color: Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone; tabular: true }
    buttons: [
        AppButton { text: qsTr("Show in the store"); onClicked: { sheet.close(); sheet.storeWanted() } },
        AppButton { id: done; quiet: true; text: qsTr("Close"); onClicked: sheet.close() }
    ]
}
