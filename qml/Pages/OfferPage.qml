import QtQuick
import Marea
import Marea.App

// A product as its owner writes it: what is sold, for how much, when and where.
FocusScope {
    id: page
    required property AppContext app
    property string productId: ""
    property string mediaId: ""   // a new one of that title
    property bool narrow: false
    readonly property OfferViewModel offer: app.store.offer(productId, mediaId)
    readonly property int side: narrow ? Theme.marginNarrow : Theme.margin

    Connections {
        target: page.offer
        function onSaved() { page.app.store.reload(); page.app.store.selling.reload(); page.app.navigator.back() }
    }
    component Heading: Label { topPadding: 12; text: ""; weight: Font.DemiBold; font.pixelSize: Theme.heading; Accessible.role: Accessible.Heading; Accessible.name: text }
    component Hint: Label { width: parent.width; color: Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone }

    Late {
        anchors { fill: parent; margins: page.side; topMargin: 16 }
        waiting: !page.offer.loaded && page.offer.problem === ""
        sourceComponent: Column { spacing: 16; Skeleton { width: 240; height: 36; radius: 6 } Repeater { model: 4; Skeleton { width: Math.min(page.width - 2 * page.side, 720); height: 40; radius: Theme.radiusControl } } }
    }
    EmptyState {
        anchors.fill: parent
        visible: !page.offer.loaded && page.offer.problem !== ""
        failed: true
        iconName: "circle-alert"
        text: page.offer.problem
        actionText: qsTr("Try again")
        onAction: page.offer.load()
    }
    Flickable {
        id: flick
        objectName: "offer"
        anchors.fill: parent
        visible: page.offer.loaded   // what comes would take the place of what is typed
        contentHeight: column.height + 48
        boundsBehavior: Flickable.StopAtBounds
        Column {
            id: column
            x: page.side
            width: Math.min(parent.width - 2 * page.side, 720)
            spacing: 12
            PageTitle { text: page.offer.isNew ? qsTr("New product") : qsTr("Edit product") }

            Heading { text: qsTr("What is sold") }
            Column {
                width: parent.width
                Repeater {
                    model: page.offer.titles
                    SettingsRow {
                        required property var modelData
                        iconName: "bookmark"
                        title: modelData.title !== "" ? modelData.title : qsTr("A title that is not there any more")
                        detail: modelData.detail
                        IconButton { iconName: "x"; iconSize: 16; color: Theme.secondary; text: qsTr("Remove %1").arg(modelData.title); onClicked: page.offer.drop(modelData.id) }
                    }
                }
            }
            Hint { visible: text !== ""; text: page.offer.kindText }
            Field { id: words; focus: true; width: Math.min(parent.width, 420); iconName: "search"; clearable: true; placeholderText: qsTr("Find a film, an album or a series"); onTextChanged: page.offer.look(text) }
            Column {
                width: Math.min(parent.width, 420)
                Repeater {
                    model: page.offer.found
                    NavItem {
                        required property var modelData
                        width: parent.width
                        iconName: "plus"
                        text: modelData.detail === "" ? modelData.title : modelData.title + "  ·  " + modelData.detail
                        Accessible.name: qsTr("Add %1").arg(modelData.title)
                        onClicked: { page.offer.add(modelData.id); words.clear() }
                    }
                }
            }

            Heading { text: qsTr("How it is shown") }
            Field { width: parent.width; label: qsTr("Name"); placeholderText: label; text: page.offer.title; maximumLength: 300; onTextEdited: page.offer.title = text }
            TextBox { width: parent.width; placeholderText: qsTr("What people should know of it"); text: page.offer.overview; maximumLength: 10000; onTextChanged: if (activeFocus) page.offer.overview = text }
            Chip { checkable: true; iconName: "star"; checked: page.offer.staffPick; text: qsTr("On the shelf of staff picks"); onClicked: { page.offer.staffPick = checked; checked = Qt.binding(() => page.offer.staffPick) } }

            Heading { text: qsTr("Price") }
            Choice {
                width: parent.width
                options: [{value: "fixed", text: qsTr("Fixed price")}, {value: "choose", text: qsTr("Pay what you like")}, {value: "free", text: qsTr("Free")}]
                value: page.offer.pricing
                onPicked: (value) => page.offer.pricing = value
            }
            Hint { visible: page.offer.pricing === "choose"; text: qsTr("The price is the least that people pay. It may be 0.") }
            Repeater {
                model: page.offer.pricing === "free" ? [] : page.offer.prices
                Row {
                    id: price
                    required property var modelData
                    required property int index
                    spacing: 8
                    Field { id: amount; width: 140; label: qsTr("Price"); placeholderText: label; text: price.modelData.amount; maximumLength: 12; onTextEdited: page.offer.setPrice(price.index, currency.text, text) }
                    Field { id: currency; width: 90; label: qsTr("Currency"); placeholderText: "EUR"; text: price.modelData.currency; maximumLength: 3; onTextEdited: page.offer.setPrice(price.index, text, amount.text) }
                    IconButton { anchors.verticalCenter: parent.verticalCenter; visible: page.offer.prices.length > 1; iconName: "x"; iconSize: 16; color: Theme.secondary; text: qsTr("Remove this price"); onClicked: page.offer.removePrice(price.index) }
                }
            }
            AppButton { visible: page.offer.pricing !== "free"; quiet: true; iconName: "plus"; text: qsTr("In another currency"); onClicked: page.offer.addPrice() }

            Heading { text: qsTr("Sale") }
            Flow {
                width: parent.width
                spacing: 8
                Field { width: 120; label: qsTr("Percent off"); placeholderText: label; text: page.offer.salePercent; maximumLength: 3; onTextEdited: page.offer.salePercent = text }
                Field { width: 170; label: qsTr("First day of the sale"); placeholderText: qsTr("From 2026-12-20"); text: page.offer.saleFrom; maximumLength: 10; onTextEdited: page.offer.saleFrom = text }
                Field { width: 170; label: qsTr("Day on which the sale is over"); placeholderText: qsTr("Until 2027-01-07"); text: page.offer.saleUntil; maximumLength: 10; onTextEdited: page.offer.saleUntil = text }
            }
            Heading { text: qsTr("When and where") }
            Flow {
                width: parent.width
                spacing: 8
                Field { width: 220; label: qsTr("Comes on, or empty: at once"); placeholderText: qsTr("Comes on 2027-03-01"); text: page.offer.releaseDay; maximumLength: 10; onTextEdited: page.offer.releaseDay = text }
                Field { width: 260; label: qsTr("Countries, or empty: everywhere"); placeholderText: qsTr("Countries, such as ES, PT"); text: page.offer.territories; maximumLength: 1500; onTextEdited: page.offer.territories = text }
            }
            Hint { text: qsTr("Until it comes it can be ordered ahead.") }
            Label { visible: text !== ""; width: parent.width; text: page.offer.problem; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
            Flow {
                width: parent.width
                spacing: 8
                topPadding: 8
                AppButton { primary: true; enabled: page.offer.loaded && !page.offer.busy; text: page.offer.state === "active" ? qsTr("Save") : qsTr("Publish"); onClicked: page.offer.save("active") }
                AppButton { visible: page.offer.state !== "active"; enabled: page.offer.loaded && !page.offer.busy; text: qsTr("Keep as a draft"); onClicked: page.offer.save("draft") }
                AppButton { visible: page.offer.state === "active"; enabled: !page.offer.busy; text: qsTr("Withdraw"); onClicked: page.offer.save("retired") }
                AppButton { quiet: true; text: qsTr("Cancel"); onClicked: page.app.navigator.back() }
            }
        }
        Scroller { parent: page; anchors { top: parent.top; bottom: parent.bottom; right: parent.right }
                   orientation: Qt.Vertical; size: flick.visibleArea.heightRatio; position: flick.visibleArea.yPosition
                   active: flick.moving || hovered
                   onPositionChanged: if (pressed) flick.contentY = position * flick.contentHeight }
    }
}
